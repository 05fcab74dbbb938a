namespace Tracebloc.MetadataSync.Querying;

/// <summary>Some objects, in the order of the request.</summary>
/// <param name="Objects">The objects.</param>
internal sealed record ObjectPage(IReadOnlyList<StoredObject> Objects)
{
    /// <summary>The token of the next page; null where there is none.</summary>
    public string? Continue { get; init; }

    /// <summary>The number of objects after this page; null where it is not known, and where there are none.</summary>
    public long? Remaining { get; init; }

    /// <summary>The newest version of the page's objects. It is no place to watch from.</summary>
    public ulong Version => Objects.Count == 0 ? 0 : Objects.Max(each => each.Version);
}
