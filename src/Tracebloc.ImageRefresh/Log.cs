using Microsoft.Extensions.Logging;
using Tracebloc.ImageRefresh.Workloads;

namespace Tracebloc.ImageRefresh;

/// <summary>
/// Every log message of the program. Events 1xx: ticks, 2xx: rollouts, 3xx: registries, 5xx:
/// notifications.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Debug, "Tick of {Images} images on {Workloads} workloads")]
    public static partial void TickStarted(ILogger logger, int images, int workloads);

    [LoggerMessage(103, LogLevel.Warning, "{Name} on {Workload}: {Message}")]
    public static partial void Reverted(ILogger logger, string name, WorkloadReference workload, string message);

    [LoggerMessage(200, LogLevel.Information, "{Workload}: rollout started: {Images}")]
    public static partial void RolloutStarted(ILogger logger, WorkloadReference workload, string images);

    [LoggerMessage(201, LogLevel.Information, "{Workload}: {Progress}")]
    public static partial void RolloutProgress(ILogger logger, WorkloadReference workload, string progress);

    [LoggerMessage(202, LogLevel.Debug, "{Workload}: watch is forbidden, polling every {Interval} instead")]
    public static partial void WatchDenied(ILogger logger, WorkloadReference workload, TimeSpan interval);

    [LoggerMessage(203, LogLevel.Debug, "Pods, or their ReplicaSets, cannot be read: {Reason}")]
    public static partial void PodsUnreadable(ILogger logger, string reason);

    [LoggerMessage(204, LogLevel.Information, "{Workload}: conflict with another writer, reading it again")]
    public static partial void Conflict(ILogger logger, WorkloadReference workload);

    [LoggerMessage(205, LogLevel.Information, "{Workload}: changed for its next Job: {Images}")]
    public static partial void ChangedForNextJob(ILogger logger, WorkloadReference workload, string images);

    [LoggerMessage(300, LogLevel.Warning, "{Image}: {Warning}")]
    public static partial void RegistryWarning(ILogger logger, string image, string warning);

    [LoggerMessage(301, LogLevel.Warning, "{Warning}")]
    public static partial void PullSecretWarning(ILogger logger, string warning);

    [LoggerMessage(
        302,
        LogLevel.Debug,
        "Registry requests: {Requests}, of them manifest downloads: {Downloads}; token requests: {TokenRequests}")]
    public static partial void RegistryRequests(ILogger logger, int requests, int downloads, int tokenRequests);

    [LoggerMessage(500, LogLevel.Warning, "{Sink} timed out: not every notification was sent")]
    public static partial void NotificationsCutShort(ILogger logger, string sink);

    [LoggerMessage(501, LogLevel.Warning, "Events are not written: {Reason}")]
    public static partial void EventsNotWritten(ILogger logger, string reason);

    [LoggerMessage(502, LogLevel.Warning, "{Receiver} failed, retrying on the next tick: {Reason}")]
    public static partial void NotificationsDelayed(ILogger logger, string receiver, string reason);

    [LoggerMessage(503, LogLevel.Warning, "{Receiver} rejected the notification {Id}, not retrying: {Reason}")]
    public static partial void NotificationRejected(ILogger logger, string receiver, string id, string reason);

    [LoggerMessage(
        504,
        LogLevel.Warning,
        "{Workload}: {Count} notifications were dropped: too many were waiting, or they are of no configured image")]
    public static partial void NotificationsDropped(ILogger logger, WorkloadReference workload, int count);

    [LoggerMessage(505, LogLevel.Warning, "{Workload}: the annotation {Key} is not a list of notifications; remove it")]
    public static partial void NotificationsUnreadable(ILogger logger, WorkloadReference workload, string key);

    [LoggerMessage(506, LogLevel.Warning, "{Receiver} did not accept the tick's metrics: {Reason}")]
    public static partial void MetricsNotSent(ILogger logger, string receiver, string reason);

    [LoggerMessage(507, LogLevel.Error, "{Sink} failed unexpectedly")]
    public static partial void NotificationsFaulted(ILogger logger, Exception fault, string sink);

    [LoggerMessage(508, LogLevel.Warning, "{File} was over 1 MiB: it was replaced, and its counters begin anew")]
    public static partial void MetricsBegunAnew(ILogger logger, string file);
}
