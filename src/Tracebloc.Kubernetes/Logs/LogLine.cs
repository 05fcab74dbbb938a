using System.Globalization;
using System.Text;

namespace Tracebloc.Kubernetes;

/// <summary>
/// A line of a container's log, as the container wrote it: its control characters are fit for no terminal.
/// </summary>
/// <param name="Time">The time at which the node read the line; null for a line of the kubelet's own.</param>
/// <param name="Text">The line without its end.</param>
/// <param name="IsCut">The line is longer than 64 KiB; the rest of it is left out.</param>
public sealed record LogLine(DateTimeOffset? Time, string Text, bool IsCut)
{
    private const int TickDigits = 7;

    /// <summary>The time as the server wrote it, in nanoseconds, which <see cref="Time"/> does not hold.</summary>
    internal string Stamp { get; private init; } = "";

    /// <summary>Reads <c>2026-01-02T03:04:05.123456789Z text</c>.</summary>
    internal static LogLine Parse(ReadOnlySpan<byte> line, bool isCut)
    {
        var space = line.IndexOf((byte)' ');
        var stamp = Encoding.UTF8.GetString(space < 0 ? line : line[..space]);
        return TimeOf(stamp) is { } time
            ? new(time, TextOf(space < 0 ? [] : line[(space + 1)..]), isCut) { Stamp = stamp }
            : new(null, TextOf(line), isCut);
    }

    private static string TextOf(ReadOnlySpan<byte> line) =>
        Encoding.UTF8.GetString(line is [.., (byte)'\r'] ? line[..^1] : line);

    private static DateTimeOffset? TimeOf(string stamp)
    {
        var dot = stamp.IndexOf('.', StringComparison.Ordinal);
        var zone = dot < 0 ? -1 : stamp.AsSpan(dot).IndexOfAny('Z', '+', '-') + dot;
        if (zone > dot + TickDigits) stamp = stamp.Remove(dot + 1 + TickDigits, zone - dot - 1 - TickDigits);
        return DateTimeOffset.TryParseExact(
            stamp, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out var time) ? time : null;
    }
}
