using System.Globalization;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>Times and ages as kubectl shows them.</summary>
internal static class KubernetesTime
{
    public static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The age in two units at most.</summary>
    /// <seealso href="https://github.com/kubernetes/apimachinery/blob/master/pkg/util/duration/duration.go"/>
    public static string Age(TimeSpan age)
    {
        var (seconds, minutes, hours) = ((long)age.TotalSeconds, (long)age.TotalMinutes, (long)age.TotalHours);
        return seconds switch
        {
            < -1 => "<invalid>",
            < 0 => "0s",
            < 2 * 60 => $"{seconds}s",
            _ when minutes < 10 => Two(minutes, "m", seconds % 60, "s"),
            _ when minutes < 3 * 60 => $"{minutes}m",
            _ when hours < 8 => Two(hours, "h", minutes % 60, "m"),
            _ when hours < 48 => $"{hours}h",
            _ when hours < 8 * 24 => Two(hours / 24, "d", hours % 24, "h"),
            _ when hours < 2 * 365 * 24 => $"{hours / 24}d",
            _ when hours < 8 * 365 * 24 => Two(hours / 24 / 365, "y", hours / 24 % 365, "d"),
            _ => $"{hours / 24 / 365}y",
        };
    }

    private static string Two(long first, string unit, long second, string smaller) =>
        second == 0 ? $"{first}{unit}" : $"{first}{unit}{second}{smaller}";
}
