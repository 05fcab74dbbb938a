using Tracebloc.MetadataSync.Kinds;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Benchmarks.Sync;

/// <summary>Kinds of the benchmark's own group, beside which those of the platform are waited for.</summary>
internal static class SyncKind
{
    public const string Group = "benchmark.example";

    /// <summary>A kind with indexed columns of each type.</summary>
    public static Kind Of(string name) => new(name, $"{name.ToLowerInvariant()}s", Group, "v1")
    {
        Columns =
        [
            new("algorithm", "spec.algorithm"),
            new("owner", "spec.owner.name"),
            new("revision_id", "spec.revisionId", ColumnType.Integer),
            new("state", "status.state"),
            new("end_time", "status.endTime", ColumnType.Time),
        ],
        Keys = [["algorithm"], ["state"]],
    };

    public static string Definition(Kind kind) =>
        (FakeResourceType.Custom(kind.Group, kind.Version, kind.Name) with { IsNamespaced = kind.IsNamespaced })
            .Definition;

    /// <summary>An entry of the configuration's <c>kinds</c>.</summary>
    public static string Configured(Kind kind) => $$"""
        - kind: {{kind.Name}}
          plural: {{kind.Plural}}
          group: {{kind.Group}}
          version: {{kind.Version}}
          scope: {{(kind.IsNamespaced ? "Namespaced" : "Cluster")}}
          columns: [{{string.Join(", ", kind.Columns.Select(Configured))}}]
          keys: [{{string.Join(", ", kind.Keys.Select(key => $"[{string.Join(", ", key)}]"))}}]
        """;

    private static string Configured(IndexedColumn column) =>
        $"{{name: {column.Name}, path: {column.Path}, type: {column.Type.ToString().ToLowerInvariant()}"
        + (column.Type == ColumnType.Text ? $", length: {column.Length}}}" : "}");
}
