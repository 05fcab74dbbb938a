using Tracebloc.ImageRefresh.Notifications.Webhook;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Workloads;

namespace Tracebloc.ImageRefresh.Notifications;

internal static class NotificationBuilder
{
    /// <summary>
    /// The plan with what will have happened once it is patched; where notices are kept, the same patch remembers them
    /// on the workload, so that no kill can lose one.
    /// </summary>
    public static WorkloadPlan Note(WorkloadPlan plan, Workload workload, bool keep, DateTimeOffset now)
    {
        // A patch changes a record nearly always, and the tick that has nothing to do changes none.
        if (plan.Images.All(image => image.Before == image.After))
            return plan;
        var images = plan.Images.Select(image => Note(image, workload, now)).ToList();
        var news = images
            .Zip(plan.Images, (after, before) => after.Notifications.Skip(before.Notifications.Count))
            .SelectMany(each => each)
            .ToList();
        return plan with { Images = images, Edit = keep ? Remember(plan.Edit, workload, news) : plan.Edit };
    }

    private static ImagePlan Note(ImagePlan image, Workload workload, DateTimeOffset now)
    {
        var news = NotificationRules.Of(image).Select(each => Notification.Of(each, image, workload, now)).ToList();
        return news.Count == 0 ? image : image with { Notifications = [.. image.Notifications, .. news] };
    }

    private static WorkloadEdit Remember(WorkloadEdit edit, Workload workload, List<Notification> news)
    {
        if (news.Count == 0)
            return edit;
        // What nobody can read any more is lost already, and must not keep the next from being told.
        var waiting = Outbox.TryRead(workload.Metadata.Annotations, out var outbox) ? outbox : Outbox.Empty;
        var annotations = new Dictionary<string, string?>(edit.Annotations)
        {
            [Outbox.Annotation] = waiting.Add(news).Text,
        };
        return edit with { Annotations = annotations };
    }
}
