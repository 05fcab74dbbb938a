using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Tracebloc.Testing;

namespace Tracebloc.EndToEnd;

/// <summary>The data sets of the ingestion story: they are written to the volume, as a customer's are.</summary>
/// <param name="volume">The folder behind the claim of data sets on the node.</param>
internal sealed class Datasets(string volume)
{
    /// <summary>The beginning of all feature values that are texts: it must never leave the cluster.</summary>
    public const string Canary = "canary-";

    /// <summary>A text, a code, a decimal or a day of the rows, as no report of the ingestor has them.</summary>
    public static readonly Regex Features = new(
        $$"""{{Canary}}|"0\d{4}"|[":]\d+\.10\b|\d{4}-\d\d-\d\d""");

    public const int Images = 500, Houses = 100_000, Notes = 60;

    private const int Pixels = 64;

    /// <summary>500 images with labels.</summary>
    public string Leaves(string table)
    {
        var folder = Directory.CreateDirectory(Path.Combine(volume, "incoming", table, "images")).FullName;
        var rows = new StringBuilder("filename,disease\n");
        for (var number = 0; number < Images; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"leaf_{number:000}.jpeg");
            File.WriteAllBytes(Path.Combine(folder, name), SampleImages.Jpeg(Pixels, Pixels, comment: 1 + number));
            rows.Append(CultureInfo.InvariantCulture, $"{name},{(number % 5 == 0 ? "rust" : "healthy")}\n");
        }

        return Specified("image_classification", table, rows, $$"""
            images: /data/shared/incoming/{{table}}/images
            label: disease
            spec:
              file_options: {target_size: [{{Pixels}}, {{Pixels}}], extension: .jpeg}

            """);
    }

    /// <summary>Rows of every type, with values that a careless reader changes.</summary>
    public string Rows(string table, int count, string remark = "")
    {
        var rows = new StringBuilder("code,rooms,area,tax,street,sold,garden,price\n");
        for (var number = 0; number < count; number++)
            rows.Append(
                CultureInfo.InvariantCulture,
                $"{number % 1000:00000},{(number % 7 == 0 ? "" : number % 12)},{number * 0.5},{number % 90}.10,"
                + $"{Canary}{number}{remark},{DateOnly.MinValue.AddYears(1990).AddDays(number % 9000):yyyy-MM-dd},"
                + $"{(number % 2 == 0 ? "yes" : "no")},{100_000 + (number * 37 % 900_001)}\n");
        return Specified("tabular_regression", table, rows, """
            label: {column: price, policy: bucket}
            schema:
              code: VARCHAR(8)
              rooms: INT
              area: DOUBLE
              tax: DECIMAL(10,2)
              street: VARCHAR(80)
              sold: DATE
              garden: BOOL

            """);
    }

    /// <summary>Texts with a tag for each word.</summary>
    public string Tokens(string table)
    {
        var folder = Directory.CreateDirectory(Path.Combine(volume, "incoming", table, "texts")).FullName;
        var rows = new StringBuilder("filename,tags\n");
        for (var number = 0; number < Notes; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"note_{number:00}.txt");
            File.WriteAllText(Path.Combine(folder, name), $"{Canary}anna lives in Ulm\n");
            rows.Append(CultureInfo.InvariantCulture, $"{name},B-PER O O B-LOC\n");
        }

        return Specified("token_classification", table, rows, $"""
            texts: /data/shared/incoming/{table}/texts
            label: tags

            """);
    }

    /// <summary>The files of a data set that a run has placed.</summary>
    public int Placed(string table) => Directory.Exists(Path.Combine(volume, table))
        ? Directory.GetFiles(Path.Combine(volume, table)).Length
        : 0;

    private string Specified(string category, string table, StringBuilder rows, string rest)
    {
        var folder = Directory.CreateDirectory(Path.Combine(volume, "incoming", table)).FullName;
        File.WriteAllText(Path.Combine(folder, "rows.csv"), $"{rows}");
        return $"""
            apiVersion: tracebloc.io/v1
            kind: IngestConfig
            category: {category}
            table: {table}
            intent: train
            csv: /data/shared/incoming/{table}/rows.csv
            {rest}
            """;
    }
}
