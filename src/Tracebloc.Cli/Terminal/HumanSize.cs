using System.Globalization;

namespace Tracebloc.Cli.Terminal;

/// <summary>Numbers of bytes for people: <c>512 B</c>, <c>1.50 KiB</c>, <c>2.00 GiB</c>.</summary>
internal static class HumanSize
{
    private static readonly string[] Units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    public static string Of(long bytes)
    {
        if (bytes < 1024) return string.Create(CultureInfo.InvariantCulture, $"{bytes} B");
        var (size, unit) = (bytes / 1024.0, 0);
        // 1023.999 KiB would be written as 1024.00.
        while (Math.Round(size, 2) >= 1024 && unit < Units.Length - 1) (size, unit) = (size / 1024, unit + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{size:F2} {Units[unit]}");
    }
}
