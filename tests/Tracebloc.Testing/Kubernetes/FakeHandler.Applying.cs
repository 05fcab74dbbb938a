using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

internal sealed partial class FakeHandler
{
    private FakeReply ApplyConfiguration(FakeRequest request)
    {
        var wanted = JsonNode.Parse(request.Call.Body)!.AsObject();
        if (request.Query("fieldManager") is not { Length: > 0 } manager)
            throw FakeStatusException.InvalidOptions("fieldManager: Required value: is required for apply patch");
        if (wanted["metadata"]?["managedFields"] is not null)
            throw FakeStatusException.BadRequest("metadata.managedFields must be nil");
        if ((string?)wanted["apiVersion"] != request.Type.ApiVersion || (string?)wanted["kind"] != request.Type.Kind)
            throw FakeStatusException.BadRequest("apiVersion and kind must be those of the resource");
        if ((string?)wanted["metadata"]?["name"] is { } name && name != request.Name)
            throw FakeStatusException.BadRequest("name in URL does not match name in the object");
        var writer = new FakeWriter(manager)
        {
            Applied = ManagedFields.Stated(wanted),
            IsForced = request.Query("force") is "true" or "1",
        };
        wanted.Remove("kind");
        wanted.Remove("apiVersion");
        return cluster.Store.Find(request.Type, request.Namespace, request.Name) is { } live
            ? new(Change(request, live, ApplyPatch.Merge(live, wanted, writer), writer).Json)
            : new(CreateApplied(request, wanted, writer).Json, 201);
    }

    private FakeObject CreateApplied(FakeRequest request, JsonObject body, FakeWriter writer)
    {
        if (body["metadata"] is not JsonObject) body["metadata"] = new JsonObject();
        body["metadata"]!["name"] = request.Name;
        return Create(request, body, writer);
    }
}
