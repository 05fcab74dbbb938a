using System.Text.RegularExpressions;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Tests.Specifications;

/// <summary>The parts of the schema that follow from the table of categories.</summary>
internal static class SchemaText
{
    /// <summary>The schema's text with its generated parts written anew.</summary>
    public static string Regenerate(string text)
    {
        text = Regex.Replace(
            text,
            """("category": \{\n[^}]*"enum": )\[[^\]]*\]""",
            match => $"{match.Groups[1].Value}[\n        {Lines(8, Names(_ => true))}\n      ]");
        var end = text.LastIndexOf("\n  \"allOf\": [", StringComparison.Ordinal);
        return $"{text[..end]}\n  \"allOf\": [\n    {string.Join(",\n    ", Blocks())}\n  ]\n}}\n";
    }

    private static IEnumerable<string> Blocks()
    {
        yield return """{ "oneOf": [{ "required": ["csv"] }, { "required": ["json"] }] }""";
        foreach (var keys in Categories.All.SelectMany(rules => rules.RequiredKeys).Distinct())
            yield return Block(rules => rules.RequiredKeys.Contains(keys), $$"""{ "required": ["{{keys}}"] }""");
        yield return Block(
            rules => rules.Label == LabelRule.RequiredWithPolicy,
            """{ "properties": { "label": { "type": "object", "required": ["column", "policy"] } } }""");
        yield return Block(
            rules => rules.Label == LabelRule.Forbidden,
            """{ "properties": { "label": false } }""");
        foreach (var name in Categories.All.SelectMany(rules => rules.Columns).Select(column => column.Name).Distinct())
            yield return Block(
                rules => rules.Columns.Any(column => column.Name == name),
                $$"""{ "properties": { "schema": { "required": ["{{name}}"] } } }""");
    }

    private static string Block(Func<CategoryRules, bool> isMeant, string then) =>
        $$"""
        {
              "if": {
                "required": ["category"],
                "properties": {
                  "category": {
                    "enum": [
                      {{Lines(14, Names(isMeant))}}
                    ]
                  }
                }
              },
              "then": {{then}}
            }
        """;

    private static IEnumerable<string> Names(Func<CategoryRules, bool> isMeant) =>
        Categories.All.Where(isMeant).Select(rules => $"\"{rules.Name}\"");

    private static string Lines(int indent, IEnumerable<string> names) =>
        string.Join(",\n" + new string(' ', indent), names);
}
