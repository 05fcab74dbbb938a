using System.Globalization;
using Tracebloc.MetadataSync.Objects;
using Tracebloc.MetadataSync.Store;
using Tracebloc.MetadataSync.Tests;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>The tables as they are to be, in a few lines.</summary>
internal sealed class StoreModel
{
    private readonly SortedDictionary<string, Row> _rows = new(StringComparer.Ordinal);

    public void Write(SomeObject some, bool evicts, WriteMode mode)
    {
        var isAlive = !some.IsDeleting && !some.Annotations.ContainsKey(Marks.Immutable);
        var row = _rows.GetValueOrDefault(some.Uid);
        var state = evicts ? "evicted" : isAlive ? "live" : row?.State ?? "live";
        var isSame = row?.Version == some.Version;
        var evictsLive = evicts && isSame && row?.State == "live";
        var revives = isSame && row?.State == "evicted" && isAlive && !evicts;
        var wins = row is null || mode == WriteMode.Restored || some.Version > row.Version || evictsLive || revives;
        if (wins && !(row?.State == "evicted" && some.IsDeleting))
            _rows[some.Uid] = new Row(some, some.Version, state, evicts);
    }

    public void Delete(RowDeletion deletion)
    {
        if (_rows.GetValueOrDefault(deletion.Uid) is { State: "live" } row
            && !(deletion.KeepsNewer && row.Version > deletion.Version))
            _rows[deletion.Uid] = row with { State = "deleted", Version = Math.Max(row.Version, deletion.Version) };
    }

    public IEnumerable<string> Rows => _rows.Select(row => string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Key}\t{row.Value.Version}\t{row.Value.State}\t{row.Value.Some.Name}\t{row.Value.Some.Version}\t"
        + $"{(row.Value.IsCopy ? 0 : 1)}"));

    public IEnumerable<string> Entries(Func<SomeObject, IReadOnlyDictionary<string, string>> entries) => _rows
        .SelectMany(row => entries(row.Value.Some).Select(entry => $"{row.Key}\t{entry.Key}\t{entry.Value}"))
        .Order(StringComparer.Ordinal);

    private sealed record Row(SomeObject Some, ulong Version, string State, bool IsCopy);
}
