using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Schema;

/// <summary>The tables of a kind as this program may write them.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Missing">The things without which no object of the kind can be stored; none: it can.</param>
/// <param name="Columns">The indexed columns that are there, in the kind's order; no other may be written.</param>
internal sealed record KindSchema(Kind Kind, IReadOnlyList<string> Missing, IReadOnlyList<IndexedColumn> Columns)
{
    public bool IsWritable => Missing.Count == 0;
}
