using System.Globalization;
using Tracebloc.Database;
using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Sharding;

/// <summary>Takes the locks of parts, for a pod that loads one after the other.</summary>
internal sealed class PartClaims(DatabaseServer server, DatabaseSession session, DatabaseRetry retry)
{
    /// <summary>Claims a part that no living pod loads.</summary>
    /// <returns>Null where another pod holds its lock.</returns>
    public async Task<PartClaim?> TryClaimAsync(
        RunRecord run, RunParts parts, PartRecord part, CancellationToken token)
    {
        var number = part.Part.Number.ToString(CultureInfo.InvariantCulture);
        var name = LockName.Of("tracebloc/part/", server.Options.Database, run.Table, number);
        return await NamedLock.TryTakeFreeAsync(server, session, name, token) is { } held
            ? new PartClaim(held, session, retry, run, part, parts.Owner)
            : null;
    }
}
