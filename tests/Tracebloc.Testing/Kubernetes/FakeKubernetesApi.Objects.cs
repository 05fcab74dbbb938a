using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <remarks>
/// References read as in kubectl, <c>deployment/web</c>; without a namespace they mean the options' one.
/// </remarks>
public sealed partial class FakeKubernetesApi
{
    private IEnumerable<FakeResourceType> Served => _options.Types.Where(
        type => type.IsServed(_options.Version) && _options.Definitions.IsInstalled(type));

    /// <summary>Stores an object, as if it had been there for long: a workload is settled, and its pods run.</summary>
    /// <param name="manifest">JSON with <c>apiVersion</c> and <c>kind</c>; a namespace in it is made when
    /// missing.</param>
    /// <param name="manager">Who owns its fields.</param>
    public void Add(JsonObject manifest, string manager = "helm")
    {
        var body = manifest.DeepClone().AsObject();
        var type = Served.FirstOrDefault(
            t => t.Kind == (string?)body["kind"] && t.ApiVersion == (string?)body["apiVersion"])
            ?? throw new ArgumentException($"{body["apiVersion"]} {body["kind"]} is not registered");
        var ns = type.IsNamespaced ? (string?)body["metadata"]?["namespace"] ?? _options.Namespace : "";
        lock (Gate)
        {
            if (type.IsNamespaced && _cluster.Namespace(ns) is null) _cluster.AddNamespace(ns);
            _cluster.Add(type, ns, body, new FakeWriter(manager));
        }
    }

    /// <inheritdoc cref="Add(JsonObject, string)"/>
    public void Add(string manifest, string manager = "helm") => Add(JsonNode.Parse(manifest)!.AsObject(), manager);

    /// <inheritdoc cref="Add(JsonObject, string)"/>
    public void Add(WorkloadBuilder workload, string manager = "helm") => Add(workload.Build(), manager);

    /// <summary>A copy of an object as it is now; null when there is none.</summary>
    public JsonObject? Find(string reference, string? ns = null)
    {
        lock (Gate) return Stored(reference, ns) is { } item ? Copy(item) : null;
    }

    /// <summary>As <c>Find</c>, for what must be there.</summary>
    public JsonObject Get(string reference, string? ns = null) =>
        Find(reference, ns) ?? throw new ArgumentException($"there is no {reference}");

    /// <summary>Copies of all objects of a type, in the order of their names.</summary>
    public IReadOnlyList<JsonObject> List(string plural, string? ns = null)
    {
        var type = Served.Single(t => t.Plural == plural);
        lock (Gate)
            return [.. _cluster.Store.List(type, Scope(type, ns)).Select(Copy)];
    }

    /// <summary>Someone else changes an object: a chart upgrade, an undo, a person.</summary>
    public void Edit(string reference, Action<JsonObject> change, string manager = "kubectl-edit", string? ns = null)
    {
        lock (Gate)
        {
            var before = Existing(reference, ns);
            var body = before.Body.DeepClone().AsObject();
            change(body);
            _cluster.Replace(before, body, new FakeWriter(manager));
        }
    }

    /// <summary>Someone else deletes an object.</summary>
    public void Delete(string reference, string? ns = null)
    {
        lock (Gate) _cluster.Delete(Existing(reference, ns));
    }

    private FakeObject Existing(string reference, string? ns) =>
        Stored(reference, ns) ?? throw new ArgumentException($"there is no {reference}");

    private FakeObject? Stored(string reference, string? ns)
    {
        var (type, name) = Parse(reference);
        return _cluster.Store.Find(type, Scope(type, ns), name);
    }

    private static JsonObject Copy(FakeObject item) => JsonNode.Parse(item.Json)!.AsObject();

    private (FakeResourceType, string) Parse(string reference)
    {
        var (kind, name) = reference.Split('/') is [var first, var second] ? (first, second)
            : throw new ArgumentException($"'{reference}' does not read like deployment/web");
        return (Served.FirstOrDefault(t => t.Singular == kind || t.Plural == kind)
            ?? throw new ArgumentException($"{kind} is not registered"), name);
    }

    private string Scope(FakeResourceType type, string? ns) => type.IsNamespaced ? ns ?? _options.Namespace : "";
}
