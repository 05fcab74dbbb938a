using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Testing.JobsManager;

/// <summary>The calls of jobs-manager about runs and data sets.</summary>
internal static partial class JobsManagerContract
{
    public const string SubmitPath = "/internal/submit-ingestion-run", RunsPath = "/internal/ingestion-runs/",
        DatasetsPath = "/internal/datasets/";

    private static readonly string[] Required = ["idempotency_key", "ingest_config"];

    private static readonly string[] Optional = ["image_digest", "parallelism", "overwrite"];

    /// <summary>True for a submission whose body is that of the contract.</summary>
    public static bool IsSubmission(FakeRequest request) =>
        request is { Method: "POST", Path: SubmitPath, Query: "" } && IsBearer(request)
        && Parse(request.Body) is { } body
        && Required.All(body.ContainsKey)
        && body.Select(member => member.Key).Except(Required).Except(Optional).ToList() is []
        && IsText(body["ingest_config"], ".") && IsText(body["idempotency_key"], "^[A-Za-z0-9._-]{1,64}$")
        && (body["image_digest"] is not { } digest || IsText(digest, "^sha256:[0-9a-f]{64}$"))
        && (body["overwrite"] is not { } replaces || replaces.GetValueKind() == JsonValueKind.True)
        && (body["parallelism"] is not { } pods || (pods.GetValueKind() == JsonValueKind.Number && (int)pods > 0));

    /// <summary>The key of a run that is asked for or cancelled; null for another call.</summary>
    public static string? KeyOf(FakeRequest request) =>
        request is { Method: "GET" or "DELETE", Query: "", Body: "" } && IsBearer(request)
        && RunPath().IsMatch(request.Path)
            ? request.Path[RunsPath.Length..]
            : null;

    /// <summary>True for a list of runs.</summary>
    public static bool IsRunList(FakeRequest request) =>
        request is { Method: "GET", Body: "" } && IsBearer(request) && request.Path == RunsPath.TrimEnd('/')
        && (request.Query == "" || request.Query.StartsWith("?table=", StringComparison.Ordinal));

    /// <summary>True for a list of data sets.</summary>
    public static bool IsDatasetList(FakeRequest request) =>
        request is { Method: "GET", Query: "", Body: "" } && IsBearer(request)
        && request.Path == DatasetsPath.TrimEnd('/');

    /// <summary>The data set that is asked for or deleted; null for another call.</summary>
    public static string? DatasetOf(FakeRequest request) =>
        request is { Method: "GET", Query: "" } or { Method: "DELETE", Query: "" or "?dry_run=true" }
        && request.Body == "" && IsBearer(request) && DatasetPath().IsMatch(request.Path)
            ? request.Path[DatasetsPath.Length..]
            : null;

    private static bool IsBearer(FakeRequest request) =>
        (request.Authorization ?? "").StartsWith("Bearer ", StringComparison.Ordinal);

    private static bool IsText(JsonNode? node, string pattern) =>
        node?.GetValueKind() == JsonValueKind.String && Regex.IsMatch((string)node!, pattern);

    private static JsonObject? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("^/internal/ingestion-runs/[A-Za-z0-9._-]{1,64}$")]
    private static partial Regex RunPath();

    [GeneratedRegex("^/internal/datasets/[A-Za-z_][A-Za-z0-9_]{0,63}$")]
    private static partial Regex DatasetPath();
}
