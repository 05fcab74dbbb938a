using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>Carries requests out, except watches.</summary>
internal sealed partial class FakeHandler(FakeCluster cluster, FakeServerVersion version, FakeAccess access)
{
    private readonly FakeLists _lists = new(cluster.Store);

    internal FakeReply Handle(FakeRequest request)
    {
        lock (cluster.Store.Gate) return Answer(request);
    }

    private FakeReply Answer(FakeRequest request) => request.Call.Verb switch
    {
        "get" => new(Find(request).Json),
        "list" => new(_lists.Answer(request)),
        "create" when request.Type == FakeResourceType.TokenReviews => new(cluster.Tokens.Review(request.Json), 201),
        "create" when request.Type == FakeResourceType.SelfSubjectAccessReviews
            || request.Type == FakeResourceType.SubjectAccessReviews =>
            new(access.Review(request.Json), 201),
        "create" => new(Create(request).Json, 201) { Warning = Warning(request) },
        "patch" when request.IsApply => ApplyConfiguration(request),
        "patch" => new(Patch(request).Json),
        "delete" => new(FakeDeletion.Answer(cluster, request)),
        _ => throw new InvalidOperationException(request.Call.Verb),
    };

    private string? Warning(FakeRequest request) =>
        PodSecurity.Warning(version, cluster.Namespace(request.Namespace), request.Type, request.Json);

    private FakeObject Find(FakeRequest request) =>
        cluster.Store.Find(request.Type, request.Namespace, request.Name)
        ?? throw FakeStatusException.NotFound(request.Type, request.Name);

    private FakeObject Create(FakeRequest request) => Create(request, request.Json, Writer(request));

    private FakeObject Create(FakeRequest request, JsonObject body, FakeWriter writer)
    {
        var name = (string?)body["metadata"]?["name"] ?? throw FakeStatusException.BadRequest("name is required");
        if (request.Type.IsNamespaced && cluster.Namespace(request.Namespace) is null)
            throw FakeStatusException.NotFound(FakeResourceType.Namespaces, request.Namespace);
        if (cluster.Store.Find(request.Type, request.Namespace, name) is not null)
            throw FakeStatusException.AlreadyExists(request.Type, name);
        EventRules.CheckNew(request.Type, request.Namespace, body);
        LeaseRules.Check(request.Type, body);
        if (PodSecurity.Violation(version, cluster.Namespace(request.Namespace), request.Type, body) is { } violation)
            throw FakeStatusException.ViolatesPodSecurity(request.Type, name, violation);
        return request.IsDryRun
            ? new FakeObject(request.Type, request.Namespace, name, body, 0)
            : cluster.Add(request.Type, request.Namespace, body, writer);
    }

    private FakeObject Patch(FakeRequest request)
    {
        if (request.Query("force") is not null)
            throw FakeStatusException.InvalidOptions("force: Forbidden: may not be specified for non-apply patch");
        var before = Find(request);
        var body = before.Body.DeepClone().AsObject();
        Apply(request, body);
        return Change(request, before, body, Writer(request));
    }

    private FakeObject Change(FakeRequest request, FakeObject before, JsonObject body, FakeWriter writer)
    {
        body.Remove("kind");
        body.Remove("apiVersion");
        Check(request, before, body["metadata"]!.AsObject());
        WorkloadDefaults.Validate(before.Type, body, before);
        JobRules.Validate(before.Type, body, before);
        LeaseRules.Check(before.Type, body);
        if (request.IsDryRun) return new FakeObject(before.Type, before.Namespace, before.Name, body, before.Version);
        return cluster.Replace(before, body, writer);
    }

    private static void Apply(FakeRequest request, JsonObject body)
    {
        var patch = JsonNode.Parse(request.Call.Body);
        switch (request.MediaType)
        {
            case "application/strategic-merge-patch+json" when !request.Type.IsCustom:
                StrategicMergePatch.Apply(body, patch!.AsObject());
                break;
            case "application/merge-patch+json": MergePatch.Apply(body, patch!.AsObject()); break;
            case "application/json-patch+json": JsonPatch.Apply(body, patch!.AsArray()); break;
            case not null when request.Type.IsCustom:
                throw new FakeStatusException(415, "UnsupportedMediaType",
                    "the body of the request was in an unknown format - accepted media types include: "
                    + "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml");
            case var other:
                throw new FakeStatusException(415, "UnsupportedMediaType",
                    $"415: Unsupported Media Type ({other})");
        }
    }

    private static void Check(FakeRequest request, FakeObject before, JsonObject metadata)
    {
        if ((string?)metadata["resourceVersion"] is { } asked
            && asked != (string?)before.Body["metadata"]!["resourceVersion"])
            throw FakeStatusException.Conflict(request.Type, before.Name);
        if ((string?)metadata["uid"] is { } uid && uid != before.Uid)
            throw FakeStatusException.Invalid(
                request.Type, before.Name, "metadata.uid", $"Invalid value: \"{uid}\": field is immutable");
        if ((string?)metadata["name"] is var name && name != before.Name)
            throw FakeStatusException.BadRequest(
                $"the name of the object ({name}) does not match the name on the URL ({before.Name})");
    }

    private static FakeWriter Writer(FakeRequest request) =>
        new(request.Query("fieldManager") ?? request.Call.Headers.GetValueOrDefault("User-Agent")?.Split('/')[0]
            ?? "unknown");
}
