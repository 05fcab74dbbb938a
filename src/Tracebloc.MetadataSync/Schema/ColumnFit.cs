namespace Tracebloc.MetadataSync.Schema;

/// <summary>The difference between a column that is needed and the one that is there.</summary>
/// <param name="Change">The column as it is to become; null where it fits.</param>
/// <param name="IsConverted">Its values are of another type, and cannot be kept.</param>
/// <param name="HasNulls">It may hold NULL, and must not.</param>
internal readonly record struct ColumnFit(ColumnShape? Change, bool IsConverted, bool HasNulls)
{
    private const string Collation = "utf8mb4_bin";

    /// <summary>Compares. A column is never made narrower than it is.</summary>
    public static ColumnFit Of(ColumnShape needed, FoundColumn found)
    {
        var type = SqlType.Parse(needed.Type);
        if (!found.Type.IsLike(type)) return new ColumnFit(needed, IsConverted: true, HasNulls: false);
        var covers = found.Type.Covers(type);
        var hasNulls = found.IsNullable && !needed.IsNullable;
        var fits = covers && !hasNulls && (found.IsNullable || !needed.IsNullable)
            && (!needed.IsText || found.Collation == Collation) && (found.IsNumbered || !needed.IsNumbered);
        return fits ? default
            : new ColumnFit(covers ? needed with { Type = found.Type.ToString() } : needed, false, hasNulls);
    }
}
