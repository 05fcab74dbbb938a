using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Settings;
using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Syncing;

/// <summary>The services of a mirror, which are the same in every term.</summary>
internal sealed record MirrorSetup
{
    public required KubernetesClient Client { get; init; }

    /// <summary>Connections of READ COMMITTED transactions.</summary>
    public required SessionPool Pool { get; init; }

    public required SyncSettings Settings { get; init; }

    /// <summary>The candidate, as the table of leaders names it.</summary>
    public required string Identity { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>The bytes of objects that may wait for the database, of all kinds together.</summary>
    public long MostBytes { get; init; } = 64 << 20;

    /// <summary>Work of the leader beside the kinds, for one term.</summary>
    public Func<Term, CancellationToken, Task>? Beside { get; init; }

    /// <summary>Takes the objects that cannot be mirrored.</summary>
    public Action<Kind, Refusal> Refused { get; init; } = (_, _) => { };
}
