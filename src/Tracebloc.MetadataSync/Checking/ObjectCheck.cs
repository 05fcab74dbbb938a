using Tracebloc.MetadataSync.Objects;
using Tracebloc.MetadataSync.Schema;
using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Checking;

/// <summary>The parts in which an object and its row differ, as sentences without a value.</summary>
internal sealed class ObjectCheck(KindSchema schema)
{
    private readonly ObjectReader _reader = new(schema.Kind);

    /// <summary>The first look at an object that is listed.</summary>
    /// <returns>False where it is to be looked at once more.</returns>
    public bool IsSame(ReadOnlyMemory<byte> json, StoredContent? row) =>
        row is { Row.State: RowState.Live }
        && _reader.TryRead(json, out var read, out _)
        && read.Version == row.Row.Version
        && ContentDifference.Of(read, row, schema).Count == 0;

    /// <summary>The second look.</summary>
    /// <param name="first">The first look.</param>
    /// <param name="json">The object of that name, read before the row; null for none.</param>
    /// <param name="row">The row; null for none.</param>
    /// <returns>None where they are the same, or on the way to be.</returns>
    public IReadOnlyList<string> Parts(Suspect first, ReadOnlyMemory<byte>? json, StoredContent? row)
    {
        var seen = SeenObject.Of(json, first.Uid, schema.Kind, _reader);
        var difference = PresenceRule.Decide(first, seen, row?.Version);
        if (difference != Difference.None) return [Sentence(difference, first, seen, row)];
        if (seen is null || json is not { } bytes || row is not { Row.State: RowState.Live }) return [];
        if (!_reader.TryRead(bytes, out var read, out var fault)) return [fault.Message];
        return read.Version == row.Row.Version ? ContentDifference.Of(read, row, schema) : [];
    }

    private static string Sentence(Difference difference, Suspect first, SeenObject? seen, StoredContent? row) =>
        difference switch
        {
            Difference.WithoutRow => row is null ? "no row" : $"no live row, it is {Word(row.Row.State)}",
            Difference.WithoutObject => "no object, the row is live",
            Difference.Older => $"version {row?.Row.Version} is older than {first.ObjectVersion}",
            _ => $"version {row?.Row.Version} is newer than {seen?.Version}",
        };

    private static string Word(RowState state) => state == RowState.Evicted ? "evicted" : "deleted";
}
