using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Syncing;

/// <summary>
/// Writes an Event on each object that cannot be mirrored, again every half hour while it lasts. No object waits for
/// its Event, and one that cannot be written is no failure. Safe for concurrent use.
/// </summary>
/// <param name="client">The API server.</param>
/// <param name="instance">The name of this pod.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Receives a line when Events cannot be written.</param>
internal sealed partial class RefusalEvents(KubernetesClient client, string instance, TimeProvider time, ILogger logger)
{
    private const string Controller = "tracebloc.io/metadata-sync", Manager = "metadata-sync";

    // Events of objects without a namespace are in this one.
    private const string NoNamespace = "default";

    private const int MostWaiting = 1_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly RefusalMemory _memory = new(time);

    private readonly Channel<(Kind Kind, Refusal Refusal)> _waiting = Channel.CreateBounded<(Kind, Refusal)>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Notes a refusal whose Event is due.</summary>
    public void Record(Kind kind, Refusal refusal)
    {
        if (refusal.Name.Length > 0 && _memory.IsDue(kind, refusal)) _waiting.Writer.TryWrite((kind, refusal));
    }

    /// <summary>Writes Events until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken token)
    {
        var isFailing = false;
        await foreach (var (kind, refusal) in _waiting.Reader.ReadAllAsync(token))
            try
            {
                await WriteAsync(EventOf(kind, refusal), token);
                isFailing = false;
            }
            catch (KubernetesException failed)
            {
                if (!isFailing)
                    LogNotWritten(logger, kind.Name, refusal.Path, failed.Message);
                isFailing = true;
                if (failed.IsTransient) await Task.Delay(Pause, time, token);
            }
    }

    private async Task WriteAsync(KubernetesEvent value, CancellationToken token)
    {
        var api = new EventApi(client, value.Metadata.Namespace ?? NoNamespace, Manager);
        try
        {
            await api.CreateAsync(value, token);
        }
        catch (KubernetesException known) when (known.IsConflict)
        {
            await api.CountAsync(value, token);
        }
    }

    private KubernetesEvent EventOf(Kind kind, Refusal refusal)
    {
        var reason = refusal.Reason.ToString();
        var note = EventText.Note($"{refusal.Message}; the object is tried again");
        var ns = refusal.Namespace.Length > 0 ? refusal.Namespace : null;
        return new KubernetesEvent
        {
            ApiVersion = KubernetesEvent.Type.ApiVersion,
            Kind = KubernetesEvent.Type.Kind,
            // Without the time: the same again is counted.
            Metadata = new()
            {
                Name = EventText.Name(refusal.Name, refusal.Uid, kind.Name, reason, note),
                Namespace = ns ?? NoNamespace,
            },
            EventTime = EventText.Time(time.GetUtcNow()),
            ReportingController = Controller,
            ReportingInstance = EventText.Instance(instance),
            Action = "Sync",
            Reason = reason,
            Regarding = new(
                kind.GroupVersion, kind.Name, refusal.Name, ns, refusal.Uid.Length > 0 ? refusal.Uid : null),
            Note = note,
            Severity = "Warning",
        };
    }

    [LoggerMessage(
        836, LogLevel.Warning, "Events cannot be written, the first is that of {Kind} {Path}: {Cause}")]
    private static partial void LogNotWritten(ILogger logger, string kind, string path, string cause);
}
