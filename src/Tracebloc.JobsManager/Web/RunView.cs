using System.Text.Json.Nodes;
using Tracebloc.JobsManager.Runs;

namespace Tracebloc.JobsManager.Web;

/// <summary>Runs as callers see them.</summary>
internal static class RunView
{
    public static RunJson Of(IngestionRun run) => new()
    {
        IdempotencyKey = run.Key.Text,
        Table = run.Request.Table,
        Intent = run.Request.Intent,
        Category = run.Request.Category,
        State = RunRow.Word(run.State),
        Undo = RunRow.Word(run.Undo),
        JobName = run.JobName,
        Namespace = run.Namespace,
        Image = run.Image,
        Parallelism = run.Request.Parallelism,
        AcceptedAt = run.AcceptedAt,
        StartedAt = run.StartedAt,
        EndedAt = run.EndedAt,
        Summary = run.Summary is { } summary ? JsonNode.Parse(summary) : null,
        Error = run.Error,
        DeletedAt = run.DeletedAt,
    };
}
