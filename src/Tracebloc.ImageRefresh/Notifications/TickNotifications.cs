using Tracebloc.ImageRefresh.Applying;
using Tracebloc.ImageRefresh.Observing;

namespace Tracebloc.ImageRefresh.Notifications;

/// <summary>The notifications that follow from the results of a tick.</summary>
internal static class TickNotifications
{
    extension(ImageChange change)
    {
        public IEnumerable<Notification> Notifications =>
            NotificationRules.Of(change).Select(rule => Notification.Of(rule, change));
    }

    extension(ImageResult result)
    {
        public IEnumerable<Notification> Notifications => result.Changes.SelectMany(change => change.Notifications);
    }

    extension(TickResult tick)
    {
        public IEnumerable<(WorkloadObservation Workload, Notification Notification)> Notifications =>
            from image in tick.Images
            from notification in image.Notifications
            join workload in tick.Workloads on image.Image.Workload equals workload.Workload
            select (workload, notification);
    }
}
