using System.Globalization;
using Tracebloc.Database;

namespace Tracebloc.Ingestor.Sharding;

/// <summary>Takes the locks of slices, for a pod that validates one after the other.</summary>
internal sealed class SliceClaims(DatabaseServer server, DatabaseSession session, DatabaseRetry retry, string table)
{
    /// <summary>Claims a slice that no living pod validates.</summary>
    /// <returns>Null where another pod holds its lock.</returns>
    public async Task<SliceClaim?> TryClaimAsync(SliceRecord slice, byte[] owner, CancellationToken token)
    {
        var number = slice.Number.ToString(CultureInfo.InvariantCulture);
        var name = LockName.Of("tracebloc/slice/", server.Options.Database, table, number);
        return await NamedLock.TryTakeFreeAsync(server, session, name, token) is { } held
            ? new SliceClaim(held, session, retry, table, slice, owner)
            : null;
    }
}
