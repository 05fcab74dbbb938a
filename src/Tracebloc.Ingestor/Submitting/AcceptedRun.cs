using System.Text.Json;
using System.Text.Json.Serialization;
using Tracebloc.Net;

namespace Tracebloc.Ingestor.Submitting;

/// <summary>jobs-manager's answer to a submission.</summary>
internal sealed record AcceptedRun
{
    public required string JobName { get; init; }

    public required string Namespace { get; init; }

    /// <summary>True where the run was submitted before: nothing new was started.</summary>
    public required bool Replay { get; init; }

    /// <summary>The state of a run that was submitted before; null for a new one, and from an older server.</summary>
    public string? State { get; init; }

    /// <summary>Its last error; null for none.</summary>
    public string? Error { get; init; }

    /// <summary>The time at which its data set was deleted; null for none.</summary>
    public string? DeletedAt { get; init; }

    /// <summary>The end of a run that was submitted before and has not succeeded; null for any other.</summary>
    public RunReport? BadEnd =>
        State is not null
        && new RunReport { State = State, Error = Error } is { IsOver: true, HasSucceeded: false } end
            ? end
            : null;

    /// <summary>The command that shows the log of the run.</summary>
    public string Following => $"kubectl logs -f job/{JobName} -n {Namespace}";

    /// <exception cref="IngestorException">The answer is none.</exception>
    public static AcceptedRun Read(HttpAnswer answer)
    {
        try
        {
            if (JsonSerializer.Deserialize(answer.Text, AnswerContext.Default.AcceptedRun) is { } run)
                return run with { JobName = Line.Of(run.JobName), Namespace = Line.Of(run.Namespace) };
        }
        catch (JsonException)
        {
            // The answer is of another program, or of another version.
        }

        throw new IngestorException(
            IngestorExit.Failed,
            $"jobs-manager answered {answer.Status} without the name of a Job: {Line.Of(answer.Text)}; is it at this "
            + "address?");
    }
}

/// <summary>An answer of jobs-manager that is no success.</summary>
internal sealed record RefusalJson
{
    public string? Detail { get; init; }

    public IReadOnlyList<RefusalErrorJson?>? Errors { get; init; }
}

/// <summary>A fault of the file.</summary>
internal sealed record RefusalErrorJson
{
    public string? Path { get; init; }

    public int? Line { get; init; }

    public string? Message { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AcceptedRun))]
[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(RefusalJson))]
internal sealed partial class AnswerContext : JsonSerializerContext;
