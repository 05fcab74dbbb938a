using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Testing.Backend;

/// <summary>The six calls of the backend.</summary>
internal static partial class BackendContract
{
    public const string Login = "login", Batch = "batch", Edges = "edge labels", Metadata = "metadata",
        Preparation = "preparation", Dataset = "data set";

    private static readonly string[] RowMembers = ["data_id", "data_intent", "label", "is_sample", "injestor_id"];

    private static readonly Dictionary<string, string> Queries = new()
    {
        [Edges] = "table_name,injestor_id,data_intent",
        [Preparation] = "category,injestor_id,data_format,data_intent",
    };

    /// <returns>The name of the call; null for none of them.</returns>
    public static string? Of(FakeRequest request) => (request.Method, request.Path) switch
    {
        ("POST", "/api-token-auth/") => Login,
        ("GET", "/global_meta/generate-edge-labels-meta/") => Edges,
        ("POST", "/global_meta/global_metadata/") => Metadata,
        ("GET", "/global_meta/prepare/") => Preparation,
        ("POST", "/dataset/") => Dataset,
        ("POST", var path) when TablePath().IsMatch(path) => Batch,
        _ => null,
    };

    /// <summary>True where query and body are those of the call.</summary>
    public static bool IsWellFormed(string call, FakeRequest request)
    {
        if (!(request.Authorization ?? "").StartsWith("TOKEN ", StringComparison.Ordinal)) return false;
        if (KeysOf(request.Query) != Queries.GetValueOrDefault(call, "")) return false;
        if (Queries.ContainsKey(call)) return request.Body == "";
        return Parse(request.Body) is { } body && call switch
        {
            Login => body is JsonObject { Count: 0 },
            Batch => body is JsonArray { Count: > 0 } rows && rows.All(IsRow),
            Metadata => Has(body, "table_name", "schema", "meta_data")
                && body["schema"] is JsonObject && body["meta_data"] is JsonObject,
            _ => Has(body, "title", "allow_feature_modification"),
        };
    }

    /// <summary>True for a login with a name and a password, and no token.</summary>
    public static bool IsByName(FakeRequest request) =>
        request.Authorization is null && request.Query == "" && Has(Parse(request.Body), "username", "password");

    /// <summary>True where a login has the name and the password of an account.</summary>
    public static bool Names(FakeRequest request, (string Name, string Password) account) =>
        Parse(request.Body) is { } body
        && ((string?)body["username"], (string?)body["password"]) == (account.Name, account.Password);

    private static bool IsRow(JsonNode? row) => Has(row, RowMembers)
        && row!["data_id"]?.GetValueKind() == JsonValueKind.String
        && row["is_sample"]?.GetValueKind() == JsonValueKind.False
        && row["label"]?.GetValueKind() is null or JsonValueKind.String or JsonValueKind.Number;

    private static bool Has(JsonNode? node, params IReadOnlyList<string> members) =>
        node is JsonObject one && one.Select(member => member.Key).Order().SequenceEqual(members.Order());

    private static string KeysOf(string query) =>
        string.Join(',', query.TrimStart('?').Split('&').Select(pair => pair.Split('=')[0]));

    private static JsonNode? Parse(string body)
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

    [GeneratedRegex("^/global_meta/[A-Za-z_][A-Za-z0-9_]*/$")]
    private static partial Regex TablePath();
}
