using Tracebloc.ImageRefresh.Applying;

namespace Tracebloc.ImageRefresh.Notifications;

/// <summary>Sends the notifications of one tick. A failure is logged and never fails the tick.</summary>
internal interface INotifier
{
    /// <summary>The receiver, for the log.</summary>
    string Name { get; }

    Task SendAsync(TickResult report, CancellationToken token);
}
