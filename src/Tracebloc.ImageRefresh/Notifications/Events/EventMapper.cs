using Tracebloc.ImageRefresh.Observing;
using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh.Notifications.Events;

/// <summary>Maps a notification to a Kubernetes Event.</summary>
internal static class EventMapper
{
    public const string Controller = "tracebloc.io/image-refresh";

    public static KubernetesEvent Of(Notification notification, WorkloadObservation workload, string instance)
    {
        var (action, severity) = WordsFor(notification.What);
        var reason = notification.What.ToString();
        var note = EventText.Note($"{notification.Name}: {notification.Message}");
        var metadata = workload.Seen?.Workload.Metadata;
        return new KubernetesEvent
        {
            ApiVersion = KubernetesEvent.Type.ApiVersion,
            Kind = KubernetesEvent.Type.Kind,
            Metadata = new()
            {
                // Without the time: the same again is counted.
                Name = EventText.Name(workload.Workload.Name, metadata?.Uid, action, reason, note),
                Namespace = metadata?.Namespace,
            },
            EventTime = EventText.Time(notification.At),
            ReportingController = Controller,
            ReportingInstance = EventText.Instance(instance),
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

    private static (string Action, string Severity) WordsFor(NotificationKind kind) => kind switch
    {
        NotificationKind.Refreshed => ("Refresh", "Normal"),
        NotificationKind.Repaired => ("Repair", "Normal"),
        NotificationKind.RolledBack => ("RollBack", "Warning"),
        NotificationKind.Quarantined => ("Quarantine", "Warning"),
        _ => ("Refresh", "Warning"),
    };
}
