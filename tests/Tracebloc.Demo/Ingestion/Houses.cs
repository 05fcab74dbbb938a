using System.Globalization;

namespace Tracebloc.Demo.Ingestion;

/// <summary>The data set: a thousand houses that were sold, the same ones in every demo.</summary>
internal static class Houses
{
    private const int Count = 1000, FaultyRow = 617;

    private static readonly string[] Streets =
        ["Mill Lane", "Elm Street", "Große Gasse", "\"Rue \"\"Haute\"\", 3\"", ""];

    public const string Specification = """
        apiVersion: tracebloc.io/v1
        kind: IngestConfig
        category: tabular_regression
        table: houses_train
        intent: train
        csv: /data/shared/houses.csv
        label: {column: price, policy: bucket}      # the cluster keeps prices, the backend gets the number of a bin
        schema: {rooms: INT, area: FLOAT, street: VARCHAR(80), sold: DATE}

        """;

    public static string Sound { get; } = string.Concat(Lines(faulty: null));

    /// <summary>The same with a word in place of one date.</summary>
    public static string Faulty { get; } = string.Concat(Lines(FaultyRow));

    private static IEnumerable<string> Lines(int? faulty)
    {
        // The sequence of a given seed is the same in every version of .NET.
        var random = new Random(12);
        var first = new DateOnly(2001, 1, 1);
        yield return "rooms,area,street,sold,price\n";
        for (var row = 0; row < Count; row++)
        {
            var rooms = random.Next(1, 9);
            var area = rooms * 18 + random.Next(0, 30) / 2.0;
            var price = (40 + (int)(area * 2.5) + random.Next(0, 90)) * 1000;
            var date = first.AddDays(random.Next(0, 8000));
            var sold = row == faulty ? "soon" : date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{rooms},{area},{Streets[random.Next(Streets.Length)]},{sold},{price}\n");
        }
    }
}
