using System.Text.Json.Nodes;

namespace Tracebloc.Charts.Tests.Harness;

/// <summary>What a schema says of one key: beside the reference to shared rules, and by those rules.</summary>
internal sealed record SchemaProperty(string Path, JsonObject Own, JsonObject Rules)
{
    public string? Description => (string?)Own["description"];

    /// <summary>A key of an earlier version, which the chart accepts and no longer offers.</summary>
    public bool IsDeprecated => (bool?)Own["deprecated"] == true;

    public bool IsObject => Rules["type"]?.ToJsonString().Contains("\"object\"") == true
        || Rules["properties"] is not null;

    /// <summary>Whether it says what becomes of keys that it does not know.</summary>
    public bool DecidesOnUnknownKeys => Rules["additionalProperties"] is not null;

    public bool TakesAnyKey => DecidesOnUnknownKeys && Rules["additionalProperties"]?.ToJsonString() != "false";

    public void Describe(string description)
    {
        Own.Remove("description");
        Own.Insert(0, "description", description);
    }
}
