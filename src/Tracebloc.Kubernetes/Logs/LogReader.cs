namespace Tracebloc.Kubernetes;

/// <summary>
/// Cuts an answer into the lines of a log. A line without an end is kept apart: it may be half a line.
/// </summary>
internal sealed class LogReader(Stream stream) : IDisposable
{
    /// <summary>Bytes of a line, its time included, of which the rest is left out.</summary>
    internal const int LongestLine = 64 * 1024;

    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly byte[] _line = new byte[LongestLine];
    private int _start;
    private int _end;
    private int _length;
    private bool _isCut;

    /// <summary>The line at the answer's end that has no end of its own; null when there is none.</summary>
    internal LogLine? Unfinished => _length > 0 ? LogLine.Parse(_line.AsSpan(0, _length), _isCut) : null;

    /// <summary>The next line; null at the answer's end.</summary>
    internal async ValueTask<LogLine?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TakeLine() is { } line) return line;
            (_start, _end) = (0, await stream.ReadAsync(_buffer, cancellationToken));
            if (_end == 0) return null;
        }
    }

    public void Dispose() => stream.Dispose();

    private LogLine? TakeLine()
    {
        var rest = _buffer.AsSpan(_start.._end);
        var end = rest.IndexOf((byte)'\n');
        Append(end < 0 ? rest : rest[..end]);
        _start = end < 0 ? _end : _start + end + 1;
        if (end < 0) return null;
        var line = LogLine.Parse(_line.AsSpan(0, _length), _isCut);
        (_length, _isCut) = (0, false);
        return line;
    }

    private void Append(ReadOnlySpan<byte> part)
    {
        var fits = part[..Math.Min(part.Length, LongestLine - _length)];
        fits.CopyTo(_line.AsSpan(_length));
        _length += fits.Length;
        _isCut |= fits.Length < part.Length;
    }
}
