using Tracebloc.Net;

namespace Tracebloc.Ingestion.Submitting;

/// <summary>jobs-manager's answer to a submission.</summary>
public sealed record AcceptedRun
{
    /// <summary>The Job of the run.</summary>
    public required string JobName { get; init; }

    /// <summary>The namespace of the Job.</summary>
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

    /// <exception cref="SubmittingException">The answer is none.</exception>
    internal static AcceptedRun Read(HttpAnswer answer)
    {
        var run = AnswerText.Read(answer, AnswerContext.Default.AcceptedRun)
            ?? throw AnswerText.Fault(
                answer, $"without the name of a Job: {Line.Of(answer.Text)}; is it at this address?");
        return run with { JobName = Line.Of(run.JobName), Namespace = Line.Of(run.Namespace) };
    }
}
