using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Applying;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Kubernetes;
using Tracebloc.Net;

namespace Tracebloc.ImageRefresh.Notifications.Webhook;

/// <summary>
/// Sends what waits on the workloads: of each workload in order, and no further than the first that cannot be sent now.
/// Sent notifications are removed from the workload afterwards: a kill in between sends them twice, with the same id.
/// </summary>
internal sealed class WebhookNotifier(WorkloadApi api, WebhookOptions options, ProgramContext context) : INotifier
{
    public string Name => "webhook";

    public async Task SendAsync(TickResult report, CancellationToken token)
    {
        var told = report.Notifications.Select(each => each.Workload.Workload).ToHashSet();
        var waiting = report.Workloads.Where(each => HasNotifications(each) || told.Contains(each.Workload)).ToList();
        if (waiting.Count == 0)
            return;
        using var sender = WebhookSender.Open(options, context, out var fault);
        if (sender is null)
        {
            Log.NotificationsDelayed(context.Logger, Name, fault);
            return;
        }
        foreach (var workload in waiting)
        {
            await SendAsync(workload, sender, token);
            // The endpoint is down: skip the rest instead of timing out once per workload.
            if (sender.IsUnanswered)
                return;
        }
    }

    private static bool HasNotifications(WorkloadObservation workload) =>
        workload.Seen?.Workload.Metadata.Annotations?.ContainsKey(Outbox.Annotation) == true;

    private async Task SendAsync(WorkloadObservation workload, WebhookSender sender, CancellationToken token)
    {
        try
        {
            await EmptyAsync(workload, sender, token);
        }
        catch (KubernetesException fault)
        {
            Log.NotificationsDelayed(context.Logger, Name, fault.Message);
        }
    }

    private async Task EmptyAsync(WorkloadObservation observed, WebhookSender sender, CancellationToken token)
    {
        var reference = observed.Workload;
        var workload = await api.GetAsync(reference, token);
        if (!Outbox.TryRead(workload, observed.Images, out var outbox))
        {
            Log.NotificationsUnreadable(context.Logger, reference, Outbox.Annotation);
            return;
        }
        if (outbox.Dropped > 0)
            Log.NotificationsDropped(context.Logger, reference, outbox.Dropped);
        var done = new List<string>();
        try
        {
            await SendAsync(reference, outbox, sender, done, token);
        }
        finally
        {
            // Ignores the token: sent notifications must be removed, however late it is.
            if (done.Count > 0 || outbox.Dropped > 0)
            {
                using var deadline = new Deadline(Deadlines.WebhookTakeOff, context.Time, CancellationToken.None);
                await TakeOffAsync(observed, workload, done, outbox.Dropped, deadline.Token);
            }
        }
    }

    private async Task SendAsync(
        WorkloadReference reference, Outbox outbox, WebhookSender sender, List<string> done, CancellationToken token)
    {
        foreach (var notification in outbox.Notifications)
        {
            var delivery = await sender.SendAsync(notification, token);
            if (delivery.Verdict == DeliveryVerdict.Later)
            {
                Log.NotificationsDelayed(context.Logger, sender.Host, $"{reference}: {delivery.Reason}");
                return;
            }
            if (delivery.Verdict == DeliveryVerdict.Refused)
                Log.NotificationRejected(context.Logger, sender.Host, notification.Id, delivery.Reason);
            done.Add(notification.Id);
        }
    }

    private async Task TakeOffAsync(
        WorkloadObservation observed,
        Workload workload,
        IReadOnlyCollection<string> ids,
        int told,
        CancellationToken token)
    {
        for (var conflicts = 0; Outbox.TryRead(workload, observed.Images, out var outbox); conflicts++)
        {
            var annotations = new Dictionary<string, string?> { [Outbox.Annotation] = outbox.Without(ids, told).Text };
            var edit = new WorkloadEdit { Annotations = annotations };
            if (await api.TryPatchAsync(observed.Workload, edit, workload, conflicts, token) is not null)
                return;
            workload = await api.GetAsync(observed.Workload, token);
        }
    }
}
