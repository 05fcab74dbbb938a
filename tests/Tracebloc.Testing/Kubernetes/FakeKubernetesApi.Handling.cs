using System.Globalization;
using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

public sealed partial class FakeKubernetesApi
{
    private const string PageExpired =
        "The provided continue parameter is too old to display a consistent list result. You must start a new list "
        + "without the continue parameter.";

    private readonly Dictionary<string, (long Version, List<FakeObject> Items)> _pages = [];

    private string Handle(FakeRequest request) => request.Call.Verb switch
    {
        "get" => Find(request).Json,
        "list" => List(request),
        "create" => Create(request).Json,
        "patch" => Patch(request).Json,
        "delete" => Delete(request),
        _ => throw new InvalidOperationException(request.Call.Verb),
    };

    private FakeObject Find(FakeRequest request) =>
        _store.Find(request.Type, request.Namespace, request.Name)
        ?? throw FakeStatusException.NotFound(request.Type, request.Name);

    private string List(FakeRequest request)
    {
        var (version, items) = (_store.Version, default(List<FakeObject>));
        if (request.Query("continue") is { Length: > 0 } place)
            (version, items) = _pages.Remove(place, out var page) && page.Version >= _store.Forgotten
                ? page : throw FakeStatusException.Expired(PageExpired);
        items ??= [.. _store.List(request.Type, request.Call.Namespace).Where(request.Selector.Matches)];

        var limit = int.Parse(request.Query("limit") ?? "0", CultureInfo.InvariantCulture);
        var metadata = new JsonObject { ["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture) };
        if (limit > 0 && items.Count > limit)
        {
            var next = $"page-{Guid.NewGuid():N}";
            _pages[next] = (version, items[limit..]);
            metadata["continue"] = next;
            metadata["remainingItemCount"] = items.Count - limit;
            items = items[..limit];
        }

        return $$"""{"kind":"{{request.Type.Kind}}List","apiVersion":"{{request.Type.ApiVersion}}","metadata":"""
            + $$"""{{metadata.ToJsonString()}},"items":[{{string.Join(',', items.Select(item => item.Item))}}]}""";
    }

    private FakeObject Create(FakeRequest request)
    {
        var body = JsonNode.Parse(request.Call.Body)!.AsObject();
        var name = (string?)body["metadata"]?["name"] ?? throw FakeStatusException.BadRequest("name is required");
        if (request.Type.IsNamespaced
            && _store.Find(FakeResourceType.Namespaces, "", request.Namespace) is null)
            throw FakeStatusException.NotFound(FakeResourceType.Namespaces, request.Namespace);
        if (_store.Find(request.Type, request.Namespace, name) is not null)
            throw FakeStatusException.AlreadyExists(request.Type, name);
        EventRules.CheckNew(request.Type, request.Namespace, body);
        return request.IsDryRun
            ? new FakeObject(request.Type, request.Namespace, name, body, 0)
            : Store(request.Type, request.Namespace, body, Writer(request));
    }

    private FakeObject Store(FakeResourceType type, string ns, JsonObject body, FakeWriter writer)
    {
        body.Remove("kind");
        body.Remove("apiVersion");
        WorkloadDefaults.Apply(type, body);
        var created = _store.Create(type, ns, body, writer);
        _controller.Created(created);
        return created;
    }

    private FakeObject Patch(FakeRequest request)
    {
        var before = Find(request);
        var body = before.Body.DeepClone().AsObject();
        var metadata = body["metadata"]!.AsObject();
        Apply(request, body);
        body.Remove("kind");
        body.Remove("apiVersion");
        Check(request, before, metadata);
        WorkloadDefaults.Validate(before.Type, body, before);
        if (request.IsDryRun) return new FakeObject(before.Type, before.Namespace, before.Name, body, before.Version);
        var after = _store.Replace(before, body, Writer(request));
        _controller.Changed(before, after);
        return after;
    }

    private static void Apply(FakeRequest request, JsonObject body)
    {
        var patch = JsonNode.Parse(request.Call.Body);
        switch (request.Call.Headers.GetValueOrDefault("Content-Type"))
        {
            case "application/strategic-merge-patch+json": StrategicMergePatch.Apply(body, patch!.AsObject()); break;
            case "application/merge-patch+json": MergePatch.Apply(body, patch!.AsObject()); break;
            case "application/json-patch+json": JsonPatch.Apply(body, patch!.AsArray()); break;
            case var other:
                throw new FakeStatusException(415, "UnsupportedMediaType",
                    $"415: Unsupported Media Type ({other})");
        }
    }

    private static void Check(FakeRequest request, FakeObject before, JsonObject metadata)
    {
        if ((string?)metadata["resourceVersion"] is { } version
            && version != (string?)before.Body["metadata"]!["resourceVersion"])
            throw FakeStatusException.Conflict(request.Type, before.Name);
        if ((string?)metadata["uid"] is { } uid && uid != before.Uid)
            throw FakeStatusException.Invalid(
                request.Type, before.Name, "metadata.uid", $"Invalid value: \"{uid}\": field is immutable");
        if ((string?)metadata["name"] is var name && name != before.Name)
            throw FakeStatusException.BadRequest(
                $"the name of the object ({name}) does not match the name on the URL ({before.Name})");
    }

    private string Delete(FakeRequest request)
    {
        var item = Find(request);
        if (!request.IsDryRun)
        {
            _store.Delete(item);
            _controller.Deleted(item);
        }

        return new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Success",
            ["details"] = new JsonObject
            {
                ["name"] = item.Name,
                ["group"] = item.Type.Group,
                ["kind"] = item.Type.Plural,
                ["uid"] = item.Uid,
            },
        }.ToJsonString();
    }

    private static FakeWriter Writer(FakeRequest request) =>
        new(request.Query("fieldManager") ?? request.Call.Headers.GetValueOrDefault("User-Agent")?.Split('/')[0]
            ?? "unknown");
}
