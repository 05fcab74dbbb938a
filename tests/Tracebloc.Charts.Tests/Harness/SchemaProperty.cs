using System.Text.Json.Nodes;

namespace Tracebloc.Charts.Tests.Harness;

/// <summary>The schema of one key: its own part, and the shared rules it refers to.</summary>
internal sealed record SchemaProperty(string Path, JsonObject Own, JsonObject Rules)
{
    public string? Description => (string?)Own["description"];

    /// <summary>A key of an earlier version, which the chart accepts and no longer offers.</summary>
    public bool IsDeprecated => (bool?)Own["deprecated"] == true;

    public bool IsObject => Rules["type"]?.ToJsonString().Contains("\"object\"") == true
        || Rules["properties"] is not null;

    /// <summary>True when it says what becomes of keys that it does not know.</summary>
    public bool DecidesOnUnknownKeys => Rules["additionalProperties"] is not null;

    public bool TakesAnyKey => DecidesOnUnknownKeys && Rules["additionalProperties"]?.ToJsonString() != "false";

    public void Describe(string description)
    {
        Own.Remove("description");
        Own.Insert(0, "description", description);
    }
}
