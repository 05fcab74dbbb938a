using Tracebloc.ImageRefresh.Notices;

namespace Tracebloc.ImageRefresh.Webhook;

/// <summary>A line for people, as an incoming webhook of Slack, Mattermost or Rocket.Chat takes it.</summary>
internal sealed record SlackMessage(string Text)
{
    public static SlackMessage Of(Happening happening)
    {
        var icon = happening.What is HappeningKind.Refreshed or HappeningKind.Repaired
            ? ":white_check_mark:"
            : ":warning:";
        var what = happening.What switch
        {
            HappeningKind.RolloutFailed => "rollout failed",
            HappeningKind.GaveUp => "given up",
            HappeningKind.RolledBack => "rolled back",
            var kind => kind.ToString().ToLowerInvariant(),
        };
        return new($"{icon} *{happening.Name}* {what} on {happening.Workload} in {happening.Namespace}: "
            + Escape(happening.Message));
    }

    // https://docs.slack.dev/messaging/formatting-message-text#escaping
    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
