using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>Carries deletions out.</summary>
internal static class FakeDeletion
{
    /// <returns>The object while finalizers hold it, otherwise a Status.</returns>
    internal static string Answer(FakeCluster cluster, FakeRequest request)
    {
        var item = cluster.Store.Find(request.Type, request.Namespace, request.Name)
            ?? throw FakeStatusException.NotFound(request.Type, request.Name);
        var options = request.Call.Body.Length == 0 ? [] : request.Json;
        Check(item, options["preconditions"]);
        var isDryRun = request.IsDryRun || options["dryRun"] is JsonArray { Count: > 0 };
        return !isDryRun && cluster.Delete(item) is { } held ? held.Json : Success(item);
    }

    // rest.BeforeDelete
    private static void Check(FakeObject item, JsonNode? preconditions)
    {
        if ((string?)preconditions?["uid"] is { } uid && uid != item.Uid)
            throw FakeStatusException.Precondition(item, $"the UID in the precondition ({uid}) does not match the UID "
                + $"in record ({item.Uid}). The object might have been deleted and then recreated");
        var version = (string?)item.Body["metadata"]!["resourceVersion"];
        if ((string?)preconditions?["resourceVersion"] is { } asked && asked != version)
            throw FakeStatusException.Precondition(item, $"the ResourceVersion in the precondition ({asked}) does not "
                + $"match the ResourceVersion in record ({version}). The object might have been modified");
    }

    private static string Success(FakeObject item) => new JsonObject
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
