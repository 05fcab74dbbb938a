using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh.Notifications.Events;

/// <summary>Maps a notification to a Kubernetes Event.</summary>
internal static class EventMapper
{
    public const string Controller = "tracebloc.io/image-refresh";

    // Limits of the API server: pkg/apis/core/validation/events.go.
    private const int LongestNote = 1024;
    private const int LongestInstance = 128;
    private const int LongestNameOfWorkload = 200;

    public static KubernetesEvent Of(Notification notification, WorkloadObservation workload, string instance)
    {
        var (action, severity) = WordsFor(notification.What);
        var reason = notification.What.ToString();
        var note = Cut($"{notification.Name}: {notification.Message}", LongestNote);
        var metadata = workload.Seen?.Workload.Metadata;
        return new KubernetesEvent
        {
            ApiVersion = KubernetesEvent.Type.ApiVersion,
            Kind = KubernetesEvent.Type.Kind,
            Metadata = new()
            {
                Name = NameOf(workload.Workload, metadata?.Uid, action, reason, note),
                Namespace = metadata?.Namespace,
            },
            EventTime = Time(notification.At),
            ReportingController = Controller,
            ReportingInstance = instance[..Math.Min(instance.Length, LongestInstance)],
            Action = action,
            Reason = reason,
            Regarding = new(
                workload.Seen?.Workload.ApiVersion ?? "",
                workload.Workload.Kind.ToString(),
                workload.Workload.Name,
                metadata?.Namespace,
                metadata?.Uid),
            Note = note,
            Severity = severity,
        };
    }

    /// <summary>A MicroTime, which the API server reads with six decimals and no others.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static (string Action, string Severity) WordsFor(NotificationKind kind) => kind switch
    {
        NotificationKind.Refreshed => ("Refresh", "Normal"),
        NotificationKind.Repaired => ("Repair", "Normal"),
        NotificationKind.RolledBack => ("RollBack", "Warning"),
        NotificationKind.Quarantined => ("Quarantine", "Warning"),
        _ => ("Refresh", "Warning"),
    };

    // Equal events have equal names: a repetition is found without the right to list, and counted.
    private static string NameOf(WorkloadReference workload, params string?[] parts)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)));
        var name = workload.Name[..Math.Min(workload.Name.Length, LongestNameOfWorkload)];
        return $"{name}.{Convert.ToHexStringLower(hash)[..16]}";
    }

    private static string Cut(string text, int bytes)
    {
        while (Encoding.UTF8.GetByteCount(text) > bytes)
            text = text[..^1];
        return text;
    }
}
