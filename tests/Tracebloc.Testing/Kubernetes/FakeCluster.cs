using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>The objects, and the controllers that follow each change. Its user holds the store's gate.</summary>
internal sealed class FakeCluster
{
    private readonly FakeServerVersion _version;

    internal FakeCluster(FakeKubernetesApiOptions options)
    {
        (_version, Store) = (options.Version, new FakeStore(options.Time));
        Workloads = new WorkloadController(Store, options.Nodes, options.Version);
        Jobs = new JobController(Store, options.Version, options.Time);
    }

    internal FakeStore Store { get; }

    internal WorkloadController Workloads { get; }

    internal JobController Jobs { get; }

    internal FakeTokens Tokens { get; } = new();

    /// <summary>Null when there is no namespace of that name.</summary>
    internal JsonObject? Namespace(string name) => Store.Find(FakeResourceType.Namespaces, "", name)?.Body;

    internal void AddNamespace(string name)
    {
        var body = new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } };
        Store.Create(FakeResourceType.Namespaces, "", body, FakeWriter.Controller);
    }

    /// <summary>Stores a new object with the defaults of its type.</summary>
    internal FakeObject Add(FakeResourceType type, string ns, JsonObject body, FakeWriter writer)
    {
        body.Remove("kind");
        body.Remove("apiVersion");
        WorkloadDefaults.Apply(type, body);
        JobRules.Apply(_version, type, body);
        var created = Store.Create(type, ns, body, writer);
        Workloads.Created(created);
        Jobs.Created(created);
        return created;
    }

    internal FakeObject Replace(FakeObject before, JsonObject body, FakeWriter writer)
    {
        FakeFinalizers.Check(before, body);
        if (FakeFinalizers.AreDone(before, body))
        {
            var last = FakeStore.Last(before, body);
            Remove(before);
            return last;
        }

        var after = Store.Replace(before, body, writer);
        Workloads.Changed(before, after);
        Jobs.Changed(before, after);
        return after;
    }

    /// <returns>The object that its finalizers hold; null when it is gone.</returns>
    internal FakeObject? Delete(FakeObject item)
    {
        if (item.Finalizers is { Count: > 0 }) return item.IsDeleting ? item : Store.MarkDeleted(item);
        Remove(item);
        return null;
    }

    private void Remove(FakeObject item)
    {
        Store.Delete(item);
        Workloads.Deleted(item);
        Jobs.Deleted(item);
        // The garbage collector; the controllers of workloads remove their own.
        if (item.Type != FakeResourceType.Jobs) return;
        foreach (var dependent in Store.Owned(item).ToList()) Delete(dependent);
    }
}
