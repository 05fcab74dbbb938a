using System.Globalization;
using Tracebloc.Database;
using Tracebloc.MetadataSync.Schema;

namespace Tracebloc.MetadataSync.Store;

/// <summary>The time of one leader, by a number that grows. The holder of an older one changes nothing.</summary>
internal sealed record Term(long Number, string Holder)
{
    /// <summary>The check that no newer term has begun; none can until the transaction ends.</summary>
    public Fence Fence { get; } = new(
        string.Create(CultureInfo.InvariantCulture, $"Term {Number} of {Holder}"),
        new SqlStatement($"SELECT term = ? FROM {OwnTables.Leader} WHERE id = 1 LOCK IN SHARE MODE", Number));
}
