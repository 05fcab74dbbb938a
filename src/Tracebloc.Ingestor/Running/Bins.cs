using System.Text.Json;
using System.Text.Json.Serialization;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Labels;

namespace Tracebloc.Ingestor.Running;

/// <summary>The boundaries of a table's bins as the journal keeps them, for its test runs.</summary>
internal static class Bins
{
    public static string Write(BinBoundaries bins) =>
        JsonSerializer.Serialize([.. bins.Cuts.Select(cut => cut.Text)], BinsContext.Default.StringArray);

    /// <exception cref="IngestorException">The journal's text is not one that this program wrote.</exception>
    public static BinBoundaries Read(string table, string json, SqlType type)
    {
        try
        {
            if (JsonSerializer.Deserialize(json, BinsContext.Default.StringArray) is { } texts
                && BinBoundaries.TryParse(texts, type, out var bins))
                return bins;
        }
        catch (JsonException)
        {
            // The same as a text that is no list of numbers.
        }

        throw new IngestorException(
            IngestorExit.Failed, $"Table {table}: the boundaries of its bins cannot be read; load its train rows again");
    }
}

[JsonSerializable(typeof(string[]))]
internal sealed partial class BinsContext : JsonSerializerContext;
