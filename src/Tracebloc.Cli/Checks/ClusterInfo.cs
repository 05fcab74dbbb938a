using Tracebloc.Cli.Finding;

namespace Tracebloc.Cli.Checks;

/// <summary>The cluster, the release in it, and what a push would use.</summary>
internal sealed record ClusterInfo
{
    /// <summary>The kubeconfig's context; null in a pod.</summary>
    public required string? Context { get; init; }

    public required string Server { get; init; }

    public required Release Release { get; init; }

    public required Part<SchemaMatch> Schema { get; init; }

    public required Part<SubmissionToken> Token { get; init; }

    public required Part<DataVolume> Volume { get; init; }

    /// <summary>The faults, the gravest first.</summary>
    public IReadOnlyList<PartFault> Faults =>
        [.. new[] { Volume.Fault, Token.Fault, Schema.Fault }.OfType<PartFault>()];

    /// <summary>The exit code of the first fault.</summary>
    public int ExitCode => Faults is [var first, ..] ? first.ExitCode : CliExit.Done;
}
