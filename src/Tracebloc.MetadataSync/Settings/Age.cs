using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Tracebloc.MetadataSync.Settings;

/// <summary>Ages of rows: <c>90d</c> or <c>36h</c>. A day has 24 hours.</summary>
internal static class Age
{
    private const int MostDays = 36_500;

    /// <summary>Reads an age, or returns the fault and the remedy.</summary>
    public static bool TryParse(string text, out TimeSpan age, [NotNullWhen(false)] out string? error)
    {
        (age, error) = (default, null);
        var unit = text is [.., 'd'] ? TimeSpan.FromDays(1) : text is [.., 'h'] ? TimeSpan.FromHours(1) : default;
        if (unit == default || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None,
            CultureInfo.InvariantCulture, out var count))
            error = $"\"{text}\" is not an age; write it as 90d or 36h";
        else if (count == 0 || count * unit.TotalDays > MostDays)
            error = $"\"{text}\" is not an age from 1h to {MostDays}d; remove the key to keep rows for ever";
        else
            age = count * unit;
        return error is null;
    }
}
