using Tracebloc.ImageRefresh.Applying;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Workloads;

namespace Tracebloc.ImageRefresh.Notifications.Webhook;

/// <summary>Keeps notifications on the workload, in the very patch that they are about, for the webhook.</summary>
internal sealed class OutboxWriter(IReadOnlyList<TrackedImage> images) : IPatchExtension
{
    public WorkloadEdit Extend(WorkloadEdit edit, Workload workload, IReadOnlyList<ImageChange> changes)
    {
        var notifications = changes.SelectMany(change => change.Notifications).ToList();
        if (notifications.Count == 0)
            return edit;
        List<TrackedImage> known = [.. images.Where(image => image.Workload == changes[0].Image.Workload)];
        // An unreadable outbox is lost already, and must not keep the next notification from being sent.
        var waiting = Outbox.TryRead(workload, known, out var outbox) ? outbox : Outbox.Empty;
        var annotations = new Dictionary<string, string?>(edit.Annotations)
        {
            [Outbox.Annotation] = waiting.Add(notifications).Text,
        };
        return edit with { Annotations = annotations };
    }
}
