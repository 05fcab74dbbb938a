namespace Tracebloc.ImageRefresh.Notifications.Webhook;

/// <summary>A line for people, as an incoming webhook of Slack, Mattermost or Rocket.Chat takes it.</summary>
internal sealed record SlackMessage(string Text)
{
    public static SlackMessage Of(Notification notification)
    {
        var icon = notification.What is NotificationKind.Refreshed or NotificationKind.Repaired
            ? ":white_check_mark:"
            : ":warning:";
        var what = notification.What switch
        {
            NotificationKind.RolloutFailed => "rollout failed",
            NotificationKind.GaveUp => "given up",
            NotificationKind.RolledBack => "rolled back",
            var kind => kind.ToString().ToLowerInvariant(),
        };
        return new(icon + ' ' + Escape(
            $"*{notification.Name}* {what} on {notification.Workload} in {notification.Namespace}: "
            + notification.Message));
    }

    // https://docs.slack.dev/messaging/formatting-message-text#escaping
    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        // Mattermost and Rocket.Chat also notify a channel by a plain @all; an image's digest stays as it is.
        .Replace("@", "@\u200B", StringComparison.Ordinal)
        .Replace("@\u200Bsha256:", "@sha256:", StringComparison.Ordinal);
}
