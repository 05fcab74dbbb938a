using Tracebloc.MetadataSync.Kinds;

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

    public static string Definition(Kind kind) => $$"""
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: {{kind.Plural}}.{{kind.Group}}}
        spec:
          group: {{kind.Group}}
          scope: Namespaced
          names: {kind: {{kind.Name}}, plural: {{kind.Plural}}}
          versions:
          - name: {{kind.Version}}
            served: true
            storage: true
            schema:
              openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
        """;

    /// <summary>An entry of the configuration's <c>kinds</c>.</summary>
    public static string Configured(Kind kind) => $$"""
        - kind: {{kind.Name}}
          plural: {{kind.Plural}}
          group: {{kind.Group}}
          version: {{kind.Version}}
          columns:
          - {name: algorithm, path: spec.algorithm}
          - {name: owner, path: spec.owner.name}
          - {name: revision_id, path: spec.revisionId, type: integer}
          - {name: state, path: status.state}
          - {name: end_time, path: status.endTime, type: time}
          keys: [[algorithm], [state]]
        """;
}
