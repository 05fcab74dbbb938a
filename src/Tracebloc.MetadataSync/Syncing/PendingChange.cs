using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Syncing;

/// <summary>The newest that is known of an object and not stored yet.</summary>
/// <param name="Uid">The object.</param>
/// <param name="At">The time at which it was learnt, by the clock's timestamp.</param>
internal abstract record PendingChange(string Uid, long At)
{
    // The entry of a queue without the object's bytes.
    private const int Overhead = 200;

    /// <summary>The memory that it takes.</summary>
    public abstract int Bytes { get; }

    /// <summary>This one in place of an older one that is still pending.</summary>
    public virtual PendingChange Over(PendingChange older) => this with { At = older.At };

    /// <summary>A state of an object.</summary>
    /// <param name="Identity">Its identity.</param>
    /// <param name="Json">The object.</param>
    /// <param name="At">The time.</param>
    public sealed record Seen(ObjectIdentity Identity, ReadOnlyMemory<byte> Json, long At)
        : PendingChange(Identity.Uid, At)
    {
        /// <summary>Part of a list, which has no versions older than those that were stored before.</summary>
        public bool IsListed { get; init; }

        /// <summary>The comparison with its row.</summary>
        public WriteMode Mode { get; init; } = WriteMode.Newer;

        public override int Bytes => Json.Length + Overhead;

        public override PendingChange Over(PendingChange older) => this with
        {
            At = older.At,
            Mode = older is Seen { Mode: WriteMode.Restored } ? WriteMode.Restored : Mode,
        };
    }

    /// <summary>An object that is gone.</summary>
    /// <param name="Uid">The object.</param>
    /// <param name="Version">The version at which it went; 0 where it is unknown.</param>
    /// <param name="At">The time.</param>
    public sealed record Gone(string Uid, ulong Version, long At) : PendingChange(Uid, At)
    {
        public override int Bytes => Overhead;
    }
}
