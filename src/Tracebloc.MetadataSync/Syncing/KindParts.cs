using Microsoft.Extensions.Logging;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Planning;
using Tracebloc.MetadataSync.Settings;
using Tracebloc.Net;

namespace Tracebloc.MetadataSync.Syncing;

/// <summary>The parts that the stages of one kind share during one term.</summary>
internal sealed record KindParts
{
    public required KubernetesClient Client { get; init; }

    public required KindStore Store { get; init; }

    public required ReconcileSettings Settings { get; init; }

    public required ChangeQueue Changes { get; init; }

    public required ChoreQueue Chores { get; init; }

    public required KindNumbers Numbers { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>Takes the objects that cannot be mirrored, for Events.</summary>
    public Action<Refusal> Refused { get; init; } = _ => { };

    /// <summary>The versions of live rows; null where the database is asked for them.</summary>
    public KnownVersions? Known { get; init; }

    public Kind Kind => Store.Kind;

    /// <summary>The failures of objects that could not be stored.</summary>
    public Attempts Attempts { get; } = new();

    /// <summary>The pauses before an object is tried again.</summary>
    public RetryPauses Pauses => new(Settings.LongestRetryOf(Kind), Random.Shared.NextDouble);

    /// <summary>The change that a look at an object by its name has found.</summary>
    /// <param name="uid">The object that was looked for.</param>
    /// <param name="found">The object of that name; null for none.</param>
    /// <param name="version">A version at which the object that was looked for is gone; 0 where none is known.</param>
    public PendingChange Change(string uid, ReadOnlyMemory<byte>? found, ulong version)
    {
        var now = Time.GetTimestamp();
        return found is { } json && ObjectIdentity.Find(json) is { } identity && identity.Uid == uid
            ? new PendingChange.Seen(identity, json, now)
            : new PendingChange.Gone(uid, version, now);
    }

    /// <summary>Reads an object again after a pause, which grows with each of its failures.</summary>
    public void LookAgain(string uid, string ns, string name)
    {
        if (name.Length == 0) return;
        Numbers.AddRetries(1);
        Chores.Put(new Chore(ChoreKind.Look, uid, ns, name)
        {
            Due = Time.GetUtcNow() + Pauses.After(Attempts.Add(uid)),
        });
    }
}
