namespace Tracebloc.ImageRefresh.Notifications;

/// <summary>Facts that all notifiers share.</summary>
internal static class Notifier
{
    public const string UserAgent = "tracebloc-image-refresh";
}
