using System.Globalization;

namespace Tracebloc.ModelUpload.Options;

/// <summary>Numbers of bytes as Kubernetes writes quantities: 1024, 64Mi, 1.5Gi, 1G.</summary>
internal static class ByteSize
{
    private static readonly (string Suffix, long Factor)[] Units =
    [
        ("Ki", 1L << 10),
        ("Mi", 1L << 20),
        ("Gi", 1L << 30),
        ("Ti", 1L << 40),
        ("k", 1000),
        ("K", 1000),
        ("M", 1000_000),
        ("G", 1000_000_000),
        ("T", 1000_000_000_000),
        ("", 1),
    ];

    /// <summary>False for no such number, and for one beyond a long.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        var (suffix, factor) = Units.First(unit => text.EndsWith(unit.Suffix, StringComparison.Ordinal));
        var isNumber = decimal.TryParse(
            text[..^suffix.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        // Both limits are exact in a decimal.
        var isLong = isNumber && number <= long.MaxValue / factor;
        bytes = isLong ? (long)(number * factor) : 0;
        return isLong;
    }
}
