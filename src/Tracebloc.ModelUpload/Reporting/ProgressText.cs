using System.Globalization;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Reporting;

/// <summary>The progress line of a terminal.</summary>
internal static class ProgressText
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary><c>42% 1.2 GiB of 2.8 GiB, 85.0 MiB/s, 00:20 left: model.safetensors</c>, cut to the width.</summary>
    public static string Of(ProgressState state, int width)
    {
        var total = state.Total is { } all ? $" of {Size(all)}" : "";
        var left = state.Left is { } time ? $", {Clock(time)} left" : "";
        var file = state.File is { } name ? $": {Line.Of(name)}" : "";
        var text = $"{Percent(state)}{Size(state.Bytes)}{total}, {Size(state.Rate)}/s{left}{file}";
        return text.Length <= width ? text : Line.Of(text, Math.Max(1, width - 1));
    }

    /// <summary>A number of bytes in the largest unit that leaves at least one: <c>1.5 GiB</c>.</summary>
    public static string Size(double bytes)
    {
        var unit = 0;
        for (; bytes >= 1024 && unit < Units.Length - 1; unit++) bytes /= 1024;
        return $"{bytes.ToString(unit == 0 ? "F0" : "F1", CultureInfo.InvariantCulture)} {Units[unit]}";
    }

    private static string Percent(ProgressState state) =>
        state.Total is > 0 and var total ? $"{Math.Clamp(state.Bytes * 100.0 / total, 0, 100):F0}% " : "";

    private static string Clock(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time:mm\\:ss}")
        : time.ToString("mm\\:ss", CultureInfo.InvariantCulture);
}
