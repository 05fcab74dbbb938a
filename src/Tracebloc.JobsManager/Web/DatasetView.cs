using Tracebloc.JobsManager.Datasets;
using Tracebloc.JobsManager.Runs;

namespace Tracebloc.JobsManager.Web;

/// <summary>Data sets as callers see them.</summary>
internal static class DatasetView
{
    public static DatasetJson Of(Dataset dataset) => new()
    {
        Table = dataset.Table,
        Category = dataset.Category,
        Intent = dataset.Intent,
        State = RunRow.Word(dataset.State),
        Rows = dataset.Rows,
        Bytes = dataset.Bytes,
        Files = dataset.Files,
        CreatedAt = dataset.CreatedAt,
        LastRun = dataset.Runs is [var last, ..] ? Of(last) : null,
        Error = dataset.Error,
    };

    /// <summary>The same with all that is known about it.</summary>
    public static DatasetJson Of(Dataset dataset, IReadOnlyList<DatasetColumn> columns, LabelCounts? labels) =>
        Of(dataset) with
        {
            Columns = [.. columns.Select(column => new ColumnJson(column.Name, column.Type))],
            Labels = labels is null ? null : [.. labels.Counts.Select(each => new LabelJson(each.Label, each.Count))],
            MoreLabels = labels?.HasMore,
            Runs = [.. dataset.Runs.Select(Of)],
        };

    private static DatasetRunJson Of(DatasetRun run) => new()
    {
        IdempotencyKey = run.Key,
        State = run.State,
        AcceptedAt = run.AcceptedAt,
        StartedAt = run.StartedAt,
        EndedAt = run.EndedAt,
        Rows = run.Rows,
    };
}
