namespace Tracebloc.MetadataSync.Querying;

/// <summary>The place of a row in a list: lists are ordered by namespace, name and uid.</summary>
/// <remarks>
/// Kubernetes orders by namespace and name, and the key on both, to which InnoDB adds the uid, gives rows in this order
/// without sorting. None of the three ever changes, so a list neither repeats nor leaves out a row that is there all
/// the time, whatever is written meanwhile.
/// </remarks>
internal sealed record RowPosition(string Namespace, string Name, string Uid)
{
    public const string Order = "o.namespace, o.name, o.uid";

    /// <summary>The rows after it, as ranges of the key.</summary>
    /// <param name="ns">The namespace of all rows; null where they are of several.</param>
    public SqlFilter After(string? ns)
    {
        var inName = new SqlFilter("o.namespace = ? AND o.name = ? AND o.uid > ?", Namespace, Name, Uid);
        var inNamespace = new SqlFilter("o.namespace = ? AND o.name > ?", Namespace, Name);
        return ns is not null
            ? SqlFilter.Or(inNamespace, inName)
            : SqlFilter.Or(new SqlFilter("o.namespace > ?", Namespace), inNamespace, inName);
    }
}
