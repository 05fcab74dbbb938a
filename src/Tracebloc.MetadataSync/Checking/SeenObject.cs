using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Objects;

namespace Tracebloc.MetadataSync.Checking;

/// <summary>An object at the second look.</summary>
/// <param name="Version">Its version.</param>
/// <param name="IsDeleting">A deletion was asked for: its row is live, deleted, or was never made.</param>
/// <param name="IsImmutable">It is to leave the cluster: its row is live or evicted.</param>
internal sealed record SeenObject(ulong Version, bool IsDeleting = false, bool IsImmutable = false)
{
    /// <summary>Null where the JSON is that of another object, or of none.</summary>
    public static SeenObject? Of(ReadOnlyMemory<byte>? json, string uid, Kind kind, ObjectReader reader)
    {
        if (json is not { } bytes || ObjectIdentity.Find(bytes) is not { } identity || identity.Uid != uid) return null;
        return reader.TryRead(bytes, out var read, out _)
            ? new SeenObject(read.Version, read.IsDeleting, read.IsMarkedImmutable || kind.IsImmutable)
            : new SeenObject(identity.Number);
    }
}
