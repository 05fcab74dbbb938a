using System.Globalization;

namespace Tracebloc.Ingestor.Progress;

/// <summary>A line of progress for people.</summary>
internal static class ProgressText
{
    private const double Megabyte = 1_000_000;

    /// <summary><c>Loading: 400,000 rows, 68.0 of 170.0 MB, 80,000 rows/s, 8 s left</c>.</summary>
    public static string Of(Stage stage, long count, long bytes, TimeSpan elapsed)
    {
        var seconds = Math.Max(elapsed.TotalSeconds, 0.001);
        string[] parts =
        [
            $"{Count(count)} {stage.Unit}",
            .. bytes > 0 ? [Size(bytes, stage.TotalBytes)] : Array.Empty<string>(),
            $"{Count((long)(count / seconds))} {stage.Unit}/s",
            .. bytes > 0 && stage.TotalBytes > bytes ? [Left(stage.TotalBytes, bytes, seconds)] : Array.Empty<string>(),
        ];
        return $"{stage.Name}: {string.Join(", ", parts)}";
    }

    /// <summary>A duration as people read it: <c>8 s</c>, <c>3 min 20 s</c>, <c>2 h 5 min</c>.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => $"{(int)Math.Ceiling(time.TotalSeconds)} s",
        { TotalHours: < 1 } => $"{time.Minutes} min {time.Seconds} s",
        _ => $"{(long)time.TotalHours} h {time.Minutes} min",
    };

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Size(long bytes, long total) => total >= bytes
        ? $"{Megabytes(bytes)} of {Megabytes(total)} MB"
        : $"{Megabytes(bytes)} MB";

    private static string Megabytes(long bytes) =>
        (bytes / Megabyte).ToString("N1", CultureInfo.InvariantCulture);

    private static string Left(long total, long bytes, double seconds)
    {
        var left = Math.Min((total - bytes) * (seconds / bytes), TimeSpan.FromDays(100).TotalSeconds);
        return $"{Duration(TimeSpan.FromSeconds(left))} left";
    }
}
