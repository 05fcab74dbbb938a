using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Testing.ModelRegistry;

/// <summary>
/// A call of the public OpenAPI description (kubeflow/model-registry, api/openapi/src/model-registry.yaml, v1alpha3):
/// its path, query, bodies and statuses. The table has those that model-upload needs.
/// </summary>
internal sealed record RegistryOperation
{
    public const string Root = "/api/model_registry/v1alpha3";

    // The description has no 400 for reading by id; the server answers it to ids that are no int32.
    private static readonly int[] Reading = [200, 400, 401, 404, 500, 503],
        Creating = [201, 400, 401, 409, 500, 503];

    public static readonly RegistryOperation
        ListModels = new("GET", "/registered_models")
        {
            Query = ["filterQuery", "pageSize", "orderBy", "sortOrder", "nextPageToken"],
            Answer = RegistrySchema.ModelList,
            Statuses = [200, 401, 500, 503],
        },
        ListVersions = new("GET", "/registered_models/{id}/versions")
        {
            Query = ["name", "externalId", .. ListModels.Query],
            Answer = RegistrySchema.VersionList,
            Statuses = Reading,
        },
        FindModel = Find("/registered_model", RegistrySchema.Model),
        FindVersion = Find("/model_version", RegistrySchema.Version),
        FindArtifact = Find("/model_artifact", RegistrySchema.Artifact),
        GetModel = Get("/registered_models/{id}", RegistrySchema.Model),
        GetVersion = Get("/model_versions/{id}", RegistrySchema.Version),
        GetArtifact = Get("/model_artifacts/{id}", RegistrySchema.Artifact),
        PatchModel = Patch("/registered_models/{id}", RegistrySchema.ModelUpdate, RegistrySchema.Model),
        PatchVersion = Patch("/model_versions/{id}", RegistrySchema.VersionUpdate, RegistrySchema.Version),
        PatchArtifact = Patch("/model_artifacts/{id}", RegistrySchema.ArtifactUpdate, RegistrySchema.Artifact),
        PostModel = Post("/registered_models", RegistrySchema.ModelCreate, RegistrySchema.Model),
        PostVersion = Post("/model_versions", RegistrySchema.VersionCreate, RegistrySchema.Version) with
        {
            Statuses = [.. Creating, 422],
        },
        PostArtifact = Post("/model_versions/{id}/artifacts", RegistrySchema.ArtifactCreate, RegistrySchema.Artifact)
            with
        { Statuses = [.. Creating, 200, 404] };

    private static readonly RegistryOperation[] All =
    [
        ListModels, ListVersions, FindModel, FindVersion, FindArtifact, GetModel, GetVersion, GetArtifact,
        PatchModel, PatchVersion, PatchArtifact, PostModel, PostVersion, PostArtifact,
    ];

    private readonly Regex _path;

    private RegistryOperation(string method, string path)
    {
        Method = method;
        _path = new Regex("^" + (Root + path).Replace("{id}", "(?<id>[^/]+)", StringComparison.Ordinal) + "$");
    }

    public string Method { get; }

    /// <summary>The parameters that the query may have.</summary>
    public IReadOnlyList<string> Query { get; private init; } = [];

    /// <summary>The body of the request; null: none.</summary>
    public RegistrySchema? Body { get; private init; }

    public required RegistrySchema Answer { get; init; }

    public required IReadOnlyList<int> Statuses { get; init; }

    /// <summary>The operation of a request; null where the description has none.</summary>
    public static RegistryOperation? Of(FakeRequest request) =>
        Array.Find(All, each => each.Method == request.Method && each._path.IsMatch(request.Path));

    public string IdIn(FakeRequest request) => _path.Match(request.Path).Groups["id"].Value;

    /// <summary>The deviation of a request, required members of its body aside; null for none.</summary>
    public string? FaultOf(FakeRequest request)
    {
        foreach (var (name, values) in QueryHelpers.ParseQuery(request.Query))
            if (!Query.Contains(name) || values.Count != 1)
                return $"query {name} is unknown or doubled";
            else if (name.EndsWith("Id", StringComparison.Ordinal) && !Regex.IsMatch(values[0]!, "^[1-9][0-9]{0,8}$"))
                return $"query {name} is no id";
        if (Body is null)
            return request.Body == "" ? null : "a body that none expects";
        var body = Parse(request.Body);
        return body is JsonObject && Body.MissingIn(body).Count > 0 ? null : Body.FaultOf(body);
    }

    /// <summary>The deviation of an answer; null for none.</summary>
    public string? FaultOf(int status, string body) =>
        !Statuses.Contains(status) ? $"status {status} is not described"
        : (status < 300 ? Answer : RegistrySchema.Error).FaultOf(Parse(body));

    public static JsonNode? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static RegistryOperation Find(string path, RegistrySchema answer) => new("GET", path)
    {
        Query = ["name", "externalId", .. path.Contains("registered") ? (string[])[] : ["parentResourceId"]],
        Answer = answer,
        Statuses = Reading,
    };

    private static RegistryOperation Get(string path, RegistrySchema answer) =>
        new("GET", path) { Answer = answer, Statuses = Reading };

    private static RegistryOperation Patch(string path, RegistrySchema body, RegistrySchema answer) =>
        new("PATCH", path) { Body = body, Answer = answer, Statuses = Reading };

    private static RegistryOperation Post(string path, RegistrySchema body, RegistrySchema answer) =>
        new("POST", path) { Body = body, Answer = answer, Statuses = Creating };
}
