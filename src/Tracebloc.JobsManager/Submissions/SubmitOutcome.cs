using Tracebloc.Configuration;
using Tracebloc.JobsManager.Runs;

namespace Tracebloc.JobsManager.Submissions;

/// <summary>The outcome of a submission.</summary>
internal abstract record SubmitOutcome
{
    private SubmitOutcome()
    {
    }

    /// <summary>One or two words for the log.</summary>
    public abstract string Word { get; }

    /// <summary>The run is in the run table.</summary>
    /// <param name="Run">The run.</param>
    /// <param name="IsReplay">True where an earlier submission put it there.</param>
    internal sealed record Accepted(IngestionRun Run, bool IsReplay) : SubmitOutcome
    {
        public override string Word => IsReplay ? "replayed" : "created";
    }

    /// <summary>The specification has errors.</summary>
    internal sealed record Invalid(IReadOnlyList<ConfigurationError> Errors) : SubmitOutcome
    {
        public override string Word => "invalid";
    }

    /// <summary>The submission was refused.</summary>
    internal sealed record Refused(Refusal Reason) : SubmitOutcome
    {
        public override string Word => Reason.Kind.ToString().ToLowerInvariant();
    }
}
