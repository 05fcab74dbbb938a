using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tracebloc.ImageRefresh.Tests.Reporting;

/// <summary>
/// As much of JSON Schema (draft 2020-12) as the repository's schema uses; another keyword is an error, so that none is
/// passed over. Stricter in one thing: a member that is not described is a violation.
/// </summary>
internal sealed class JsonSchema(JsonElement root)
{
    private static readonly string[] Annotations = ["$schema", "$id", "$defs", "title", "description"];

    public static JsonSchema Read(string file) => new(JsonElement.Parse(File.ReadAllText(file)));

    public JsonElement Root => root;

    /// <summary>The object schema under <c>$defs</c>; the root without a name.</summary>
    public JsonElement Definition(string? name) =>
        name is null ? root : root.GetProperty("$defs").GetProperty(name);

    public IReadOnlyList<string> Violations(JsonElement value) => [.. Violations(root, value, "$")];

    private IEnumerable<string> Violations(JsonElement schema, JsonElement value, string path) => schema
        .EnumerateObject()
        .Where(keyword => !Annotations.Contains(keyword.Name))
        .SelectMany(keyword => keyword.Name switch
        {
            "$ref" => Violations(Resolve(Text(keyword.Value)), value, path),
            "properties" => Members(keyword.Value, value, path),
            "items" => Items(keyword.Value, value, path),
            "required" => keyword.Value.EnumerateArray()
                .Where(name => !value.TryGetProperty(Text(name), out _))
                .Select(name => $"{path}.{Text(name)} is missing"),
            _ => Meets(keyword, value) ? [] : [$"{path}: {value} is against {keyword}"],
        });

    private IEnumerable<string> Members(JsonElement properties, JsonElement value, string path) => value
        .EnumerateObject()
        .SelectMany(member => properties.TryGetProperty(member.Name, out var schema)
            ? Violations(schema, member.Value, $"{path}.{member.Name}")
            : [$"{path}.{member.Name} is not described"]);

    private IEnumerable<string> Items(JsonElement schema, JsonElement value, string path) => value
        .EnumerateArray()
        .SelectMany((item, index) => Violations(schema, item, $"{path}[{index}]"));

    private static bool Meets(JsonProperty keyword, JsonElement value) =>
        (keyword.Name, Expected: Text(keyword.Value)) switch
        {
            ("type", "object") => value.ValueKind == JsonValueKind.Object,
            ("type", "array") => value.ValueKind == JsonValueKind.Array,
            ("type", "string") => value.ValueKind == JsonValueKind.String,
            ("type", "boolean") => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            ("type", "number") => value.ValueKind == JsonValueKind.Number,
            ("type", "integer") => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            ("minimum", _) => value.GetDouble() >= keyword.Value.GetDouble(),
            ("const", _) => JsonElement.DeepEquals(value, keyword.Value),
            ("enum", _) => keyword.Value.EnumerateArray().Any(choice => JsonElement.DeepEquals(choice, value)),
            ("pattern", var pattern) => Regex.IsMatch(Text(value), pattern),
            ("format", "date-time") => DateTimeOffset.TryParse(
                Text(value), CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            _ => throw new NotSupportedException($"This check does not know the keyword {keyword}."),
        };

    private JsonElement Resolve(string reference) => Definition(reference.Split('/')[^1]);

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : value.GetRawText();
}
