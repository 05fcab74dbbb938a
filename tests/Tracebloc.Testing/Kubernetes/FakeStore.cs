using System.Globalization;
using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>The objects, their versions and what happened to them. Its user holds <see cref="Gate"/>.</summary>
internal sealed class FakeStore(TimeProvider time)
{
    private readonly SortedDictionary<FakeKey, FakeObject> _objects = [];
    private readonly List<FakeChange> _history = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Lock Gate { get; } = new();

    /// <summary>
    /// The version of the last change; the first is far from zero, as in a cluster that has run for a while.
    /// </summary>
    internal long Version { get; private set; } = 1000;

    /// <summary>Changes up to this version are forgotten.</summary>
    internal long Forgotten { get; private set; }

    /// <summary>Completes with the next change, or <see cref="Wake"/>.</summary>
    internal Task Changed => _changed.Task;

    internal FakeObject? Find(FakeResourceType type, string ns, string name) =>
        _objects.GetValueOrDefault(new(type.Key, ns, name));

    internal IEnumerable<FakeObject> List(FakeResourceType type, string? ns) =>
        _objects.Values.Where(item => item.Type == type && (ns is null || item.Namespace == ns));

    /// <summary>The objects that name another as an owner.</summary>
    internal IEnumerable<FakeObject> Owned(FakeObject owner) => _objects.Values.Where(item =>
        item.Namespace == owner.Namespace && item.Body["metadata"]?["ownerReferences"] is JsonArray owners
        && owners.Any(each => (string?)each?["uid"] == owner.Uid));

    internal IEnumerable<FakeChange> Since(long version) => _history.SkipWhile(change => change.Version <= version);

    internal FakeObject Create(FakeResourceType type, string ns, JsonObject body, FakeWriter writer)
    {
        var metadata = Metadata(body);
        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = Now();
        if (type.IsNamespaced) metadata["namespace"] = ns;
        if (body.ContainsKey("spec") || type.IsCustom) metadata["generation"] = 1;
        return Put(type, ns, body, null, writer);
    }

    /// <summary>Replaces an object; a change that changes nothing leaves its version alone.</summary>
    internal FakeObject Replace(FakeObject before, JsonObject body, FakeWriter writer)
    {
        var metadata = Keep(before, body);
        if (writer.Applied is null && JsonNode.DeepEquals(before.Body, body)) return before;
        if (HasNewSpecification(before, body) || HasNewAnnotations(before, metadata, writer))
            metadata["generation"] = (long?)metadata["generation"] + 1;
        return Put(before.Type, before.Namespace, body, before, writer);
    }

    /// <summary>An object that finalizers hold: it is deleted when they have gone.</summary>
    internal FakeObject MarkDeleted(FakeObject before)
    {
        var body = before.Body.DeepClone().AsObject();
        var metadata = Metadata(body);
        metadata["deletionTimestamp"] = Now();
        metadata["deletionGracePeriodSeconds"] = 0;
        if ((long?)metadata["generation"] is { } generation) metadata["generation"] = generation + 1;
        return Put(before.Type, before.Namespace, body, before, FakeWriter.Controller);
    }

    /// <summary>An object as a write would have it that deletes it instead.</summary>
    internal static FakeObject Last(FakeObject before, JsonObject body)
    {
        Keep(before, body);
        return new(before.Type, before.Namespace, before.Name, body, before.Version);
    }

    internal FakeBackup Backup() => new(Version, [.. _objects.Values]);

    /// <summary>Goes back to a backup: its version is the next one, and what happened since is unknown.</summary>
    internal void Restore(FakeBackup backup)
    {
        _objects.Clear();
        foreach (var item in backup.Objects) _objects[new(item.Type.Key, item.Namespace, item.Name)] = item;
        _history.Clear();
        (Version, Forgotten) = (backup.Version, backup.Version);
        Wake();
    }

    internal void Delete(FakeObject item)
    {
        _objects.Remove(new(item.Type.Key, item.Namespace, item.Name));
        var last = item.Body.DeepClone().AsObject();
        Metadata(last)["resourceVersion"] = Text(++Version);
        Record(new FakeObject(item.Type, item.Namespace, item.Name, last, Version), null);
    }

    /// <summary>As etcd's compaction does: a watch or a page from before now finds its place gone.</summary>
    internal void Forget()
    {
        _history.Clear();
        Forgotten = ++Version;
        Wake();
    }

    internal void Wake()
    {
        var signal = _changed;
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        signal.SetResult();
    }

    private FakeObject Put(FakeResourceType type, string ns, JsonObject body, FakeObject? before, FakeWriter writer)
    {
        ManagedFields.Update(body, before?.Body, writer, type.ApiVersion, Now());
        if (before is not null && JsonNode.DeepEquals(before.Body, body)) return before;
        Metadata(body)["resourceVersion"] = Text(++Version);
        var name = (string?)Metadata(body)["name"]
            ?? throw FakeStatusException.BadRequest("name or generateName is required");
        var after = new FakeObject(type, ns, name, body, Version);
        _objects[new(type.Key, ns, name)] = after;
        Record(before, after);
        return after;
    }

    private static JsonObject Keep(FakeObject before, JsonObject body)
    {
        var metadata = Metadata(body);
        foreach (var name in (string[])["uid", "creationTimestamp", "generation", "resourceVersion", "managedFields"])
            if (before.Body["metadata"]?[name] is { } kept) metadata[name] = kept.DeepClone();
        return metadata;
    }

    // Of a custom resource without the subresource status, everything but the metadata counts.
    private static bool HasNewSpecification(FakeObject before, JsonObject body) => before.Type.IsCustom
        ? !JsonNode.DeepEquals(WithoutMetadata(before.Body), WithoutMetadata(body))
        : !JsonNode.DeepEquals(before.Body["spec"], body["spec"]);

    private static JsonObject WithoutMetadata(JsonObject body)
    {
        var rest = body.DeepClone().AsObject();
        rest.Remove("metadata");
        return rest;
    }

    // deploymentStrategy.PrepareForUpdate: of a Deployment, and of nothing else, annotations move the generation too.
    private static bool HasNewAnnotations(FakeObject before, JsonObject metadata, FakeWriter writer) =>
        before.Type == FakeResourceType.Deployments && writer.Subresource is null
        && !JsonNode.DeepEquals(before.Body["metadata"]!["annotations"], metadata["annotations"]);

    private void Record(FakeObject? before, FakeObject? after)
    {
        _history.Add(new FakeChange(Version, before, after));
        Wake();
    }

    private static JsonObject Metadata(JsonObject body)
    {
        if (body["metadata"] is JsonObject metadata) return metadata;
        var made = new JsonObject();
        body["metadata"] = made;
        return made;
    }

    private string Now() => time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);
}
