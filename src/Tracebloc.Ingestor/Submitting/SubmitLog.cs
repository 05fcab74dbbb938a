using Microsoft.Extensions.Logging;
using Tracebloc.Ingestor.Progress;

namespace Tracebloc.Ingestor.Submitting;

/// <summary>The lines of a submission.</summary>
internal static partial class SubmitLog
{
    /// <summary>The state of a run that is waited for.</summary>
    public static void State(ILogger logger, string key, string state, TimeSpan elapsed) =>
        LogState(logger, key, state, ProgressText.Duration(elapsed));

    [LoggerMessage(
        653, LogLevel.Warning, "jobs-manager {Address} is not ready: {Reason}; trying again for up to {Timeout}")]
    public static partial void LogAway(ILogger logger, Uri address, string reason, string timeout);

    [LoggerMessage(654, LogLevel.Information, "Run {Key}: {State}, {Elapsed}")]
    private static partial void LogState(ILogger logger, string key, string state, string elapsed);
}
