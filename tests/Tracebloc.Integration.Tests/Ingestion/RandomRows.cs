using System.Globalization;
using System.Text;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>Valid rows of many types, with the values that a server must give back, made without any reader.</summary>
internal sealed class RandomRows(int seed)
{
    /// <summary>The columns, and how the server's client reads them.</summary>
    public static IReadOnlyList<(string Name, string Type, string Read)> Columns { get; } =
    [
        ("big", "BIGINT", "big"), ("dec", "DECIMAL(30,6)", "`dec`"), ("dbl", "DOUBLE", "dbl"), ("yes", "BOOL", "yes"),
        ("short", "VARCHAR(40)", "HEX(short)"), ("long", "TEXT", "HEX(`long`)"), ("day", "DATE", "day"),
        ("at", "DATETIME", "at"), ("clock", "TIME", "clock"),
    ];

    private static readonly string[] Pieces =
    [
        "a", "7", "'", "\"", "\\", "\\N", "\t", "\n", "\r\n", ",", ";", "?", "@", "%", " ", "ß", "é", "日", "🦉",
        "\u00a0", "\u001a", "--", "/*", "`", "NULL",
    ];

    private readonly Random _random = new(seed);

    /// <summary>A row: the cells of the file, and the values in the table; null for NULL.</summary>
    public (string[] Cells, string?[] Values) Next()
    {
        (string Cell, string? Value)[] row =
        [
            Integer(), Decimal(), Double(), Boolean(), Text(30), Text(400), Day(), Moment(), Clock(),
        ];
        for (var column = 0; column < row.Length; column++)
            if (_random.Next(10) == 0)
                row[column] = (Pick("", "NA", "null", "  "), null);
        return ([.. row.Select(one => one.Cell)], [.. row.Select(one => one.Value)]);
    }

    private (string, string) Integer()
    {
        var number = _random.NextInt64(long.MinValue, long.MaxValue) >> _random.Next(64);
        return ($"{number}{Pick("", ".0", " ")}", $"{number}");
    }

    private (string, string) Decimal()
    {
        var (whole, part) = (_random.NextInt64(long.MaxValue) >> _random.Next(62), _random.Next(1, 1_000_000));
        var value = string.Create(CultureInfo.InvariantCulture, $"{Pick("", "-")}{whole}.{part:d6}");
        return (value.TrimEnd('0'), value);
    }

    private (string, string) Double()
    {
        var bits = BitConverter.Int64BitsToDouble(_random.NextInt64(long.MinValue, long.MaxValue));
        var text = (double.IsNormal(bits) ? bits : 0.1).ToString("R", CultureInfo.InvariantCulture);
        return (text, text);
    }

    private (string, string) Boolean() =>
        _random.Next(2) == 0 ? (Pick("true", "Yes", "y", "1", "T"), "1") : (Pick("false", "NO", "n", "0", "F"), "0");

    // The ends are no blanks, which are cut off, and the whole is no word for NULL.
    private (string, string) Text(int longest)
    {
        var text = new StringBuilder("<");
        for (var piece = _random.Next(longest / 6); piece > 0; piece--)
            text.Append(Pick(Pieces));
        text.Append('>');
        return (Pick("", " ", "\t") + text, Convert.ToHexString(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private (string, string) Day()
    {
        var text = Date().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return (text, text);
    }

    private (string, string) Moment()
    {
        var moment = Date().AddTicks(_random.NextInt64(TimeSpan.TicksPerDay) / 10 * 10);
        var form = $"yyyy-MM-dd{Pick("'T'", " ")}HH:mm:ss.ffffff{Pick("", "'Z'")}";
        return (
            moment.ToString(form, CultureInfo.InvariantCulture),
            moment.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture));
    }

    private (string, string) Clock()
    {
        var time = new DateTime(_random.NextInt64(TimeSpan.TicksPerDay) / 10 * 10);
        var text = time.ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        return (text, text);
    }

    private DateTime Date() => new DateTime(1000, 1, 1).AddDays(_random.Next(3_000_000));

    private string Pick(params IReadOnlyList<string> choices) => choices[_random.Next(choices.Count)];
}
