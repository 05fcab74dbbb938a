using System.Globalization;
using Tracebloc.Database;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Objects;
using Tracebloc.MetadataSync.Planning;
using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Syncing;

/// <summary>
/// The live rows by which a list tells the objects that need nothing: a restart reads the metadata of all objects, and
/// the rest of the few that have changed.
/// </summary>
internal sealed class SettledRows(KindParts parts)
{
    private readonly ObjectReader _reader = new(parts.Kind);

    /// <summary>Reads the rows.</summary>
    /// <returns>Null without rows, and where the database is away: then all objects are read whole.</returns>
    public async Task<KnownObjects?> ReadAsync(CancellationToken token)
    {
        try
        {
            var live = await parts.Store.Finder.LiveAsync(token);
            if (live.Count == 0) return null;
            var highest = await parts.Store.Finder.HighestAsync(token);
            return new KnownObjects(
                highest.ToString(CultureInfo.InvariantCulture), (identity, json) => IsSettled(identity, json, live));
        }
        catch (DatabaseException)
        {
            return null;
        }
    }

    private bool IsSettled(ObjectIdentity identity, ReadOnlyMemory<byte> metadata, VersionMap live) =>
        live.TryGet(identity.Uid, out var row) && row.Version == identity.Number
        && !parts.Store.Errors.Has(identity.Uid)
        && _reader.TryRead(metadata, out var read, out _)
        && ObjectPlan.Of(read, parts.Kind, TimeSpan.Zero, default) is { Evicts: false, Chore: null };
}
