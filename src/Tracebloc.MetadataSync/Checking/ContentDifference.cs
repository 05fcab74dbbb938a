using Tracebloc.MetadataSync.Objects;
using Tracebloc.MetadataSync.Schema;
using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Checking;

/// <summary>The parts in which a row differs from the object of the same version, without their values.</summary>
internal static class ContentDifference
{
    /// <summary>
    /// A word and a place for each part: <c>json spec.colour</c>, <c>label team</c>, <c>annotation note</c>,
    /// <c>column owner</c>; none where the row is as it should be.
    /// </summary>
    public static IReadOnlyList<string> Of(SyncedObject seen, StoredContent row, KindSchema schema) =>
    [
        .. JsonDifference.Of(seen.Json.Span, row.Json.Span).Select(place => $"json {place}"),
        .. Entries("label", row.Labels, seen, seen.Labels),
        .. Entries("annotation", row.Annotations, seen, seen.Annotations),
        .. Column("group_ver", seen.GroupVersion, row.GroupVersion),
        .. Column("namespace", seen.Namespace, row.Namespace),
        .. Column("name", seen.Name, row.Name),
        .. Column("create_time", seen.CreatedAt, row.CreatedAt),
        .. schema.Columns.SelectMany(
            (column, place) => Column(column.Name, Value(seen, schema, column.Name), row.Columns[place])),
    ];

    private static IEnumerable<string> Entries(
        string word, IEnumerable<EntryRow> stored, SyncedObject seen, IReadOnlyDictionary<string, string> entries)
    {
        var difference = EntryDifference.Of(stored, [(seen.Uid, entries)]);
        return difference.Puts.Select(row => row.Key).Concat(difference.Removals.Select(row => row.Key))
            .Order(StringComparer.Ordinal).Select(key => $"{word} {key}");
    }

    private static IEnumerable<string> Column(string name, object? wanted, object? stored) =>
        Equals(Kept(wanted), Kept(stored)) ? [] : [$"column {name}"];

    // DATETIME(6) keeps microseconds.
    private static object? Kept(object? value) => value is DateTimeOffset time ? SqlText.Time(time) : value;

    private static object? Value(SyncedObject seen, KindSchema schema, string column)
    {
        for (var place = 0; place < schema.Kind.Columns.Count; place++)
            if (schema.Kind.Columns[place].Name == column)
                return seen.Columns[place];
        return null;
    }
}
