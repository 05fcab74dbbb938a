using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Tests.Specifications;

/// <summary>The embedded schema, judged by JsonSchema.Net.</summary>
internal static class SecondJudge
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(Encoding.UTF8.GetString(IngestSchema.Json));

    public static bool Accepts(JsonNode document)
    {
        using var parsed = JsonDocument.Parse(document.ToJsonString());
        return Schema.Evaluate(parsed.RootElement).IsValid;
    }

    /// <summary>The meta schema of draft-07 accepts it.</summary>
    public static bool IsDraft7 =>
        MetaSchemas.Draft7.Evaluate(JsonDocument.Parse(IngestSchema.Json.ToArray()).RootElement).IsValid;
}
