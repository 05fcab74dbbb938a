using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Applying;
using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh.Notifications.Events;

/// <summary>Writes a Kubernetes Event on the workload for everything that happened to it.</summary>
internal sealed class EventRecorder(EventApi api, ProgramContext context) : INotifier
{
    // In a pod it is the pod's name.
    private readonly string _instance = context.Variable("HOSTNAME") ?? Environment.MachineName;

    public string Name => "events";

    public async Task SendAsync(TickResult report, CancellationToken token)
    {
        foreach (var (workload, notification) in report.Notifications)
        {
            if (!await TryRecordAsync(EventMapper.Of(notification, workload, _instance), token))
                return;
        }
    }

    /// <returns>False where no other can be written either, and each would take as long to fail.</returns>
    private async Task<bool> TryRecordAsync(KubernetesEvent value, CancellationToken token)
    {
        var isKnown = false;
        try
        {
            isKnown = !await TryCreateAsync(value, token);
            if (isKnown)
                await api.CountAsync(value, token);
            return true;
        }
        catch (KubernetesException refused)
        {
            Log.EventsNotWritten(context.Logger, refused.Message);
            // A Role without patch may still create new events.
            return !refused.IsTransient && (isKnown || !refused.IsForbidden);
        }
    }

    /// <returns>False where the same has happened before.</returns>
    private async Task<bool> TryCreateAsync(KubernetesEvent value, CancellationToken token)
    {
        try
        {
            await api.CreateAsync(value, token);
            return true;
        }
        catch (KubernetesException known) when (known.IsConflict)
        {
            return false;
        }
    }
}
