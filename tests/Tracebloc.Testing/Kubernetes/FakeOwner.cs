using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>The owner that controls an object.</summary>
internal static class FakeOwner
{
    internal static JsonArray ReferenceTo(FakeObject owner) => new(new JsonObject
    {
        ["apiVersion"] = owner.Type.ApiVersion,
        ["kind"] = owner.Type.Kind,
        ["name"] = owner.Name,
        ["uid"] = owner.Uid,
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    });

    /// <summary>The controller's uid; null where nothing controls the object.</summary>
    internal static string? UidOf(FakeObject item) =>
        (string?)(item.Body["metadata"]?["ownerReferences"] as JsonArray)
            ?.FirstOrDefault(owner => (bool?)owner?["controller"] == true)?["uid"];
}
