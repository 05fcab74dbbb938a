using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>A refusal in the words of the real API server.</summary>
internal sealed class FakeStatusException(int code, string reason, string message) : Exception(message)
{
    internal int Code { get; } = code;

    internal JsonObject? Details { get; init; }

    internal int? RetryAfterSeconds { get; init; }

    internal FakeReply Reply => new(Json, Code) { RetryAfterSeconds = RetryAfterSeconds };

    internal string Json
    {
        get
        {
            var status = new JsonObject
            {
                ["kind"] = "Status",
                ["apiVersion"] = "v1",
                ["metadata"] = new JsonObject(),
                ["status"] = "Failure",
                ["message"] = Message,
            };
            if (reason.Length > 0) status["reason"] = reason;
            if (Details is not null) status["details"] = Details.DeepClone();
            status["code"] = Code;
            return status.ToJsonString();
        }
    }

    internal static FakeStatusException NotFound(FakeResourceType type, string name) =>
        new(404, "NotFound", $"{type} \"{name}\" not found") { Details = About(type, name) };

    internal static FakeStatusException AlreadyExists(FakeResourceType type, string name) =>
        new(409, "AlreadyExists", $"{type} \"{name}\" already exists") { Details = About(type, name) };

    internal static FakeStatusException Conflict(FakeResourceType type, string name) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {type} \"{name}\": the object has been modified; "
            + "please apply your changes to the latest version and try again")
        {
            Details = About(type, name),
        };

    /// <summary>A deletion that is meant for another object; the kind stands where the resource does elsewhere.</summary>
    internal static FakeStatusException Precondition(FakeObject item, string message)
    {
        var kind = item.Type.Group.Length == 0 ? item.Type.Kind : $"{item.Type.Kind}.{item.Type.Group}";
        return new(409, "Conflict", $"Operation cannot be fulfilled on {kind} \"{item.Name}\": {message}")
        {
            Details = new JsonObject { ["name"] = item.Name, ["group"] = item.Type.Group, ["kind"] = item.Type.Kind },
        };
    }

    /// <summary>An apply that would change what others own.</summary>
    internal static FakeStatusException ApplyConflict(IReadOnlyList<(string Manager, IReadOnlyList<string> Paths)> all)
    {
        var count = all.Sum(conflict => conflict.Paths.Count);
        var message = count == 1
            ? $"Apply failed with 1 conflict: conflict with {all[0].Manager}: {all[0].Paths[0]}"
            : $"Apply failed with {count} conflicts: " + string.Join('\n', all.Select(conflict =>
                $"conflicts with {conflict.Manager}:" + string.Concat(conflict.Paths.Select(path => $"\n- {path}"))));
        return new(409, "Conflict", message)
        {
            Details = new JsonObject
            {
                ["causes"] = new JsonArray([.. all.SelectMany(conflict => conflict.Paths.Select(path => new JsonObject
                {
                    ["reason"] = "FieldManagerConflict",
                    ["message"] = $"conflict with {conflict.Manager}",
                    ["field"] = path,
                }))]),
            },
        };
    }

    /// <summary>The group and version are served, and the resource is not among them.</summary>
    internal static FakeStatusException NoSuchResource() =>
        new(404, "NotFound", "the server could not find the requested resource") { Details = [] };

    internal static FakeStatusException ViolatesPodSecurity(FakeResourceType type, string name, string violation) =>
        new(403, "Forbidden", $"{type} \"{name}\" is forbidden: {violation}") { Details = About(type, name) };

    internal static FakeStatusException Invalid(FakeResourceType type, string name, string field, string message) =>
        new(422, "Invalid",
            $"{type.Kind}{(type.Group.Length > 0 ? "." + type.Group : "")} \"{name}\" is invalid: {field}: {message}")
        {
            Details = new JsonObject
            {
                ["name"] = name,
                ["group"] = type.Group,
                ["kind"] = type.Kind,
                ["causes"] = new JsonArray(new JsonObject
                {
                    ["reason"] = "FieldValueInvalid",
                    ["message"] = message,
                    ["field"] = field,
                }),
            },
        };

    internal static FakeStatusException Expired(string message) => new(410, "Expired", message);

    /// <summary>Options of a patch that do not go together.</summary>
    internal static FakeStatusException InvalidOptions(string message) =>
        new(422, "Invalid", $"PatchOptions.meta.k8s.io \"\" is invalid: {message}")
        {
            Details = new JsonObject { ["group"] = "meta.k8s.io", ["kind"] = "PatchOptions" },
        };

    internal static FakeStatusException BadRequest(string message) => new(400, "BadRequest", message);

    /// <summary>The server's answer to its own failures, and to patches that it cannot read.</summary>
    internal static FakeStatusException Internal(string message) => new(500, "", message);

    /// <summary>A command that could not be run, by the CRI's words.</summary>
    internal static FakeStatusException NotStarted(string reason) =>
        new(500, "InternalError", $"Internal error occurred: error executing command in container: {reason}");

    internal static FakeStatusException Unauthorized() => new(401, "Unauthorized", "Unauthorized");

    internal static FakeStatusException Forbidden(
        string user, FakeCall call, FakeResourceType type, string? verb = null)
    {
        var subject = call.Name is null ? $"{type}" : $"{type} \"{call.Name}\"";
        var scope = call.Namespace is null ? "at the cluster scope" : $"in the namespace \"{call.Namespace}\"";
        return new(403, "Forbidden", $"{subject} is forbidden: User \"{user}\" cannot {verb ?? call.Verb} resource "
            + $"\"{call.Resource}\" in API group \"{type.Group}\" {scope}")
        {
            Details = About(type, call.Name),
        };
    }

    private static JsonObject About(FakeResourceType type, string? name)
    {
        var about = new JsonObject();
        if (name is not null) about["name"] = name;
        if (type.Group.Length > 0) about["group"] = type.Group;
        about["kind"] = type.Plural;
        return about;
    }
}
