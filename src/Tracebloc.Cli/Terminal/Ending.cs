using Tracebloc.Hosting;

namespace Tracebloc.Cli.Terminal;

/// <summary>The end of a verb. Its status and its exit code are chosen together, here alone.</summary>
/// <param name="Status">A word for programs; those that exist keep their meaning.</param>
/// <param name="ExitCode">One of <see cref="CliExit"/>, or that of a signal.</param>
internal sealed record Ending(string Status, int ExitCode)
{
    public static Ending Succeeded { get; } = new("succeeded", CliExit.Done);

    /// <summary>A dry run, which changed nothing.</summary>
    public static Ending DryRun { get; } = new("dry-run", CliExit.Done);

    /// <summary>Submitted, and not waited for, as asked.</summary>
    public static Ending Detached { get; } = new("detached", CliExit.Done);

    /// <summary>Declined at a prompt.</summary>
    public static Ending Cancelled { get; } = new("cancelled", CliExit.Done);

    /// <summary>The run ended, and some rows or files failed.</summary>
    public static Ending CompletedWithFailures { get; } = new("completed_with_failures", CliExit.Run);

    /// <summary>The end of the run is unknown.</summary>
    public static Ending Unknown { get; } = new("unknown", CliExit.Run);

    /// <summary>A check of <c>tracebloc doctor</c> failed.</summary>
    public static Ending ChecksFailed { get; } = new("failed", CliExit.Usage);

    /// <summary>The end by a fault.</summary>
    public static Ending OfFault(int exitCode) => new(
        exitCode switch
        {
            CliExit.Done => Succeeded.Status,
            CliExit.NotPermitted => "auth_error",
            CliExit.Submission => "submit_error",
            CliExit.Run => "failed",
            ExitCodes.Interrupted or ExitCodes.Terminated => "interrupted",
            _ => "error",
        },
        exitCode);
}
