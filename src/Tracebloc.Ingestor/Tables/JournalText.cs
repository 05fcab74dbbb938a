using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracebloc.Ingestor.Tables;

/// <summary>Lists of texts as the journal keeps them: JSON arrays.</summary>
internal static class JournalText
{
    public static string Write(IEnumerable<string> texts) =>
        JsonSerializer.Serialize([.. texts], JournalContext.Default.StringArray);

    /// <returns>Null for a text that this program has not written.</returns>
    public static IReadOnlyList<string>? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, JournalContext.Default.StringArray);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSerializable(typeof(string[]))]
internal sealed partial class JournalContext : JsonSerializerContext;
