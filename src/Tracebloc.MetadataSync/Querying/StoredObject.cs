namespace Tracebloc.MetadataSync.Querying;

/// <summary>A row of a main table.</summary>
/// <param name="Position">Its namespace, name and uid.</param>
/// <param name="Json">The object as the API server sent it.</param>
internal sealed record StoredObject(RowPosition Position, ReadOnlyMemory<byte> Json)
{
    public required ulong Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required bool IsDeleted { get; init; }

    public required bool IsEvicted { get; init; }

    /// <summary>The values of the kind's columns, in their order, as tables show them; null for none.</summary>
    public IReadOnlyList<string?> Cells { get; init; } = [];
}
