using System.Globalization;
using System.Text;

namespace Tracebloc.Benchmarks.Ingest;

/// <summary>
/// Rows of 20 columns: 8 numbers, 8 texts, days and moments, booleans. They are the same in every run. Missing values
/// are the word NULL, which the ingestor and LOAD DATA both read as NULL.
/// </summary>
internal static class HouseRows
{
    /// <summary>The label, which is cut into bins.</summary>
    public const string Label = "price";

    private const int Seed = 12;

    private const double Missing = 0.03;

    private static readonly string[] Cities =
        ["Berlin", "Köln", "Saint-Étienne", "Washington", "Addis Abeba", "São Paulo", "Kraków", "Nairobi"];

    /// <summary>The columns in the order of the file, with their types.</summary>
    public static IReadOnlyList<(string Name, string Type)> Columns { get; } =
    [
        ("rooms", "INT"), ("visits", "BIGINT"), ("floor", "SMALLINT"), ("area", "DOUBLE"), ("latitude", "DOUBLE"),
        ("longitude", "DOUBLE"), ("tax", "DECIMAL(12,2)"), (Label, "DOUBLE"),
        ("street", "VARCHAR(80)"), ("city", "VARCHAR(60)"), ("country", "CHAR(2)"), ("kind", "VARCHAR(20)"),
        ("agent", "VARCHAR(60)"), ("postcode", "VARCHAR(12)"), ("remark", "VARCHAR(200)"), ("colour", "VARCHAR(20)"),
        ("built", "DATE"), ("sold", "DATETIME"), ("garden", "BOOL"), ("garage", "BOOL"),
    ];

    /// <summary>Writes a CSV file with a header.</summary>
    public static void Write(string path, int rows)
    {
        var random = new Random(Seed);
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
        file.Write(string.Join(',', Columns.Select(column => column.Name)) + "\n");
        var row = new StringBuilder();
        for (var i = 0; i < rows; i++)
        {
            Append(row.Clear(), random);
            file.Write(row);
        }
    }

    private static void Append(StringBuilder row, Random random)
    {
        var day = new DateTime(1950, 1, 1).AddDays(random.Next(25_000));
        var moment = day.AddSeconds(random.Next(86_400));
        var city = Cities[random.Next(Cities.Length)];
        var postcode = random.Next(100_000);
        row.Append(CultureInfo.InvariantCulture, $"{random.Next(1, 12)},{random.NextInt64(1L << 40)},");
        row.Append(CultureInfo.InvariantCulture, $"{Or(random, random.Next(-2, 40))},{random.NextDouble() * 400:F2},");
        row.Append(CultureInfo.InvariantCulture, $"{Or(random, random.NextDouble() * 180 - 90)},");
        row.Append(CultureInfo.InvariantCulture, $"{Or(random, random.NextDouble() * 360 - 180)},");
        row.Append(CultureInfo.InvariantCulture, $"{random.Next(1_000_000) / 100m:F2},");
        row.Append(CultureInfo.InvariantCulture, $"{random.Next(50_000, 2_000_000)},");
        row.Append(CultureInfo.InvariantCulture, $"{city} Street {random.Next(1, 400)},{city},DE,");
        row.Append(CultureInfo.InvariantCulture, $"{(random.Next(2) == 0 ? "detached" : "flat")},");
        row.Append(CultureInfo.InvariantCulture, $"Agent {random.Next(5_000)},{postcode:00000},");
        row.Append(CultureInfo.InvariantCulture, $"\"near the station, {random.Next(60)} minutes\",");
        row.Append(CultureInfo.InvariantCulture, $"{Or(random, random.Next(3) == 0 ? "white" : "red")},");
        row.Append(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd},{moment:yyyy-MM-dd HH:mm:ss},");
        row.Append(CultureInfo.InvariantCulture, $"{random.Next(2)},{Or(random, random.Next(2))}\n");
    }

    private static object Or(Random random, object value) => random.NextDouble() < Missing ? "NULL" : value;
}
