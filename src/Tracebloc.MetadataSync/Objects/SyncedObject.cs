namespace Tracebloc.MetadataSync.Objects;

/// <summary>An object of the cluster as far as this program reads it. The rest is in <see cref="Json"/>.</summary>
internal sealed record SyncedObject
{
    public required string Uid { get; init; }

    /// <summary>The group and version that the object states: <c>michelangelo.api/v2</c>.</summary>
    public required string GroupVersion { get; init; }

    /// <summary>Empty for what lives in no namespace.</summary>
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    /// <summary>The resource version as a number, as Kubernetes orders it from 1.35 on.</summary>
    public required ulong Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time from which Kubernetes deletes it; null while it lives.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<string> Finalizers { get; init; } = [];

    /// <summary>The values of the kind's columns, in their order: text, long, bool, UTC time, or null.</summary>
    public IReadOnlyList<object?> Columns { get; init; } = [];

    /// <summary>A sentence for each column whose member holds another type than the column.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The whole object as the API server sent it, with apiVersion and kind.</summary>
    public required ReadOnlyMemory<byte> Json { get; init; }

    public bool HasFinalizer => Finalizers.Contains(Marks.Finalizer);

    /// <summary>A deletion was asked for, by Kubernetes or by the annotation.</summary>
    public bool IsDeleting => DeletedAt is not null || IsMarkedDeleting;

    public bool IsMarkedDeleting => IsMarked(Marks.Deleting);

    /// <summary>Marked to leave the cluster; a kind may be so as a whole.</summary>
    public bool IsMarkedImmutable => IsMarked(Marks.Immutable);

    private bool IsMarked(string annotation) => Annotations.GetValueOrDefault(annotation) == Marks.True;
}
