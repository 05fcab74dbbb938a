using Tracebloc.ImageRefresh.Notices;
using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh.Events;

/// <summary>Writes a Kubernetes Event on the workload for everything that happened to it.</summary>
internal sealed class EventRecorder(EventApi api, ProgramContext context) : INoticeSink
{
    // In a pod it is the pod's name.
    private readonly string _instance = context.Variable("HOSTNAME") ?? Environment.MachineName;

    public string Name => "events";

    public async Task TellAsync(TickReport report, CancellationToken token)
    {
        try
        {
            foreach (var (workload, happening) in report.Happenings)
                await RecordAsync(EventOf.Happening(happening, workload, _instance), token);
        }
        catch (KubernetesException refused)
        {
            // What one is refused for, so are the others; and each would take as long to fail.
            Log.EventsNotWritten(context.Logger, refused.Message);
        }
    }

    private async Task RecordAsync(KubernetesEvent value, CancellationToken token)
    {
        try
        {
            await api.CreateAsync(value, token);
        }
        catch (KubernetesException known) when (known.IsConflict)
        {
            await api.CountAsync(value, token);
        }
    }
}
