using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Checking;

/// <summary>A whole row with its labels and annotations.</summary>
internal sealed record StoredContent(StoredRow Row)
{
    public required string GroupVersion { get; init; }

    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>The values of the columns that are compared: text, long, bool, UTC time, or null.</summary>
    public IReadOnlyList<object?> Columns { get; init; } = [];

    public IReadOnlyList<EntryRow> Labels { get; init; } = [];

    public IReadOnlyList<EntryRow> Annotations { get; init; } = [];

    public StoredVersion Version => new(Row.Version, Row.State);
}
