using Microsoft.Extensions.Logging;

namespace Tracebloc.ChartUpgrade;

/// <summary>Every log message of the program. Events 4xx: chart upgrades.</summary>
internal static partial class Log
{
    [LoggerMessage(400, LogLevel.Debug, "helm {Arguments}")]
    public static partial void HelmStarted(ILogger logger, string arguments);

    [LoggerMessage(402, LogLevel.Warning, "Rolling back to revision {Revision}, {Chart}")]
    public static partial void RollingBack(ILogger logger, int revision, string chart);

    [LoggerMessage(403, LogLevel.Information, "Upgrading {Chart} {From} to {To}, attempt {Attempt} of {MaxAttempts}")]
    public static partial void Upgrading(
        ILogger logger, string chart, string from, string to, int attempt, int maxAttempts);
}
