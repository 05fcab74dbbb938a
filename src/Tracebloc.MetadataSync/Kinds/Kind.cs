using Tracebloc.Kubernetes;

namespace Tracebloc.MetadataSync.Kinds;

/// <summary>
/// A kind of custom resource that is mirrored: one row of the table that everything else is made from.
/// </summary>
/// <param name="Name">The kind as manifests write it: <c>PipelineRun</c>.</param>
/// <param name="Plural">The name in paths: <c>pipelineruns</c>.</param>
/// <param name="Group">The API group.</param>
/// <param name="Version">The version that is read.</param>
internal sealed record Kind(string Name, string Plural, string Group, string Version)
{
    /// <summary>False where the kind is cluster-scoped: its objects have no namespace.</summary>
    public bool IsNamespaced { get; init; } = true;

    /// <summary>The columns beside those that every kind has, in the order of the table.</summary>
    public IReadOnlyList<IndexedColumn> Columns { get; init; } = [];

    /// <summary>The keys of the table beside those that every kind has: the columns of each.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Keys { get; init; } = [];

    /// <summary>Every object of the kind leaves the cluster as soon as it is stored.</summary>
    public bool IsImmutable { get; init; }

    /// <summary>The main table; it is the start of the names of the two others.</summary>
    public string Table => Name.ToLowerInvariant();

    public string LabelsTable => $"{Table}_labels";

    public string AnnotationsTable => $"{Table}_annotations";

    /// <summary>The group and version as manifests write them: <c>michelangelo.api/v2</c>.</summary>
    public string GroupVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The kind as the API server addresses it.</summary>
    public ResourceType Type => new(Group, Version, Plural, Name);
}
