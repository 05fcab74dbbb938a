using System.Text.Json;
using System.Text.Json.Serialization;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Ingestor.Sharding;

/// <summary>The findings of the validation that the loader of a part needs.</summary>
/// <param name="Mark">The content that every part must see again.</param>
/// <param name="Dates">The order of day and month by column.</param>
internal sealed record PartSource(SourceMark Mark, IReadOnlyDictionary<string, DateOrder> Dates)
{
    public string Write() => JsonSerializer.Serialize(
        new PartSourceJson(Mark.Length, Mark.Blocks, Dates.ToDictionary(date => date.Key, date => (int)date.Value)),
        PartSourceContext.Default.PartSourceJson);

    /// <exception cref="IngestorException">The journal's text is not one that this program wrote.</exception>
    public static PartSource Read(string json)
    {
        try
        {
            if (JsonSerializer.Deserialize(json, PartSourceContext.Default.PartSourceJson) is
                { Blocks: { } blocks, Dates: { } dates } source)
                return new(
                    SourceMark.Of(source.Length, blocks),
                    dates.ToDictionary(date => date.Key, date => (DateOrder)date.Value));
        }
        catch (JsonException)
        {
            // As a text without its members is.
        }

        throw new IngestorException(
            IngestorExit.Failed, "The plan of a shared load cannot be read: its pods run different versions; start the "
            + "Job again with one image");
    }
}

internal sealed record PartSourceJson(
    long Length, IReadOnlyList<uint>? Blocks, IReadOnlyDictionary<string, int>? Dates);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PartSourceJson))]
internal sealed partial class PartSourceContext : JsonSerializerContext;
