using System.Text.Json.Nodes;
using Tracebloc.Testing;

namespace Tracebloc.Ingestor.Tests.Settings;

/// <summary>docs/ingestion.md lists the variables of the contract and the exit codes of the help.</summary>
public sealed class IngestionPageTests
{
    [Fact]
    public void Every_variable_has_its_row()
    {
        var contract = JsonNode.Parse(Documents.Read("schemas/ingestor-env.v1.json"))!;
        string[] required = [.. contract["required"]!.AsArray().Select(name => (string)name!)];

        var rows = from property in contract["properties"]!.AsObject()
                   where property.Value!["not"] is null
                   select Row(property.Key, property.Value!, required.Contains(property.Key));

        Assert.Contains(string.Concat(rows), MarkedPage.Ingestion.Text);
    }

    [Fact]
    public void The_exit_codes_are_those_of_the_help() =>
        Assert.Contains($"```\n{IngestorExit.Table}\n```", MarkedPage.Ingestion.Text);

    private static string Row(string name, JsonNode variable, bool isRequired)
    {
        var absent = isRequired ? "required" : variable["default"] is { } text ? $"`{text}`" : "";
        var words = variable["enum"]?.AsArray().Select(word => $"`{word}`") is { } choices
            ? $" One of {string.Join(", ", choices)}."
            : "";
        return $"| `{name}` | {absent} | {variable["description"]}{words} |\n";
    }
}
