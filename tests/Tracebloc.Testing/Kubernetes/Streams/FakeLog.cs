using System.Globalization;
using System.Text;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>The log of one container. Its user holds the store's gate.</summary>
internal sealed class FakeLog
{
    private readonly List<(DateTimeOffset Time, string Text)> _lines = [];

    internal int Count => _lines.Count;

    /// <param name="time">The time at which the node read the line.</param>
    /// <param name="text">The line with its end.</param>
    internal void Add(DateTimeOffset time, string text) => _lines.Add((time, text));

    /// <summary>The lines from one on, as a request wants them.</summary>
    internal byte[] From(int first, FakeRequest request)
    {
        var since = request.Query("sinceTime") is { } time
            ? DateTimeOffset.Parse(time, CultureInfo.InvariantCulture) : DateTimeOffset.MinValue;
        // The API server drops what is finer than a second on its way to the kubelet.
        since = since.AddTicks(-(since.Ticks % TimeSpan.TicksPerSecond));
        var stamped = request.Query("timestamps") is "true" or "1";
        return Encoding.UTF8.GetBytes(string.Concat(_lines.Skip(first).Where(line => line.Time >= since)
            .Select(line => stamped ? $"{Stamp(line.Time)} {line.Text}" : line.Text)));
    }

    /// <summary>The first of the last lines that a request wants.</summary>
    internal int Start(FakeRequest request) => request.Query("tailLines") is { } lines
        ? Math.Max(0, Count - int.Parse(lines, CultureInfo.InvariantCulture)) : 0;

    // Nine digits, of which this clock has seven.
    private static string Stamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture);
}
