namespace Tracebloc.Kubernetes;

/// <summary>Cuts a stream into lines without copying more than what is left over from one read to the next.</summary>
/// <param name="stream">The stream.</param>
/// <param name="limit">The most bytes of a line.</param>
/// <param name="cutsLong">A longer line is cut after them; otherwise it is an error.</param>
internal sealed class LineReader(Stream stream, int limit, bool cutsLong = false)
{
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;
    private int _searched;
    private bool _isInRest;

    /// <summary>The last line was longer than the limit: only its beginning was returned.</summary>
    internal bool IsCut { get; private set; }

    /// <summary>
    /// The next line, valid until the next call; null at the end, where an unfinished line is dropped.
    /// </summary>
    /// <exception cref="InvalidDataException">The line is longer than the limit.</exception>
    internal async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake(out var line)) return line;
            if (_end - _start >= limit) return Cut();
            MakeRoom();
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0) return null;
            _end += read;
        }
    }

    /// <summary>The next line where all of it has been read already.</summary>
    internal bool TryTake(out ReadOnlyMemory<byte> line)
    {
        line = default;
        while (_buffer.AsSpan(_searched.._end).IndexOf((byte)'\n') is >= 0 and var length)
        {
            var end = _searched + length;
            line = _buffer.AsMemory(_start, end - _start);
            _start = _searched = end + 1;
            if (!_isInRest)
            {
                IsCut = false;
                return true;
            }

            _isInRest = false;
        }

        _searched = _end;
        if (_isInRest) _start = _end;
        return false;
    }

    private ReadOnlyMemory<byte> Cut()
    {
        if (!cutsLong) throw new InvalidDataException($"an event of more than {limit} bytes");
        var beginning = _buffer.AsMemory(_start, _end - _start);
        (_isInRest, IsCut) = (true, true);
        _start = _searched = _end;
        return beginning;
    }

    private void MakeRoom()
    {
        if (_end < _buffer.Length) return;
        var rest = _buffer.AsSpan(_start.._end);
        var target = rest.Length > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        rest.CopyTo(target);
        (_buffer, _end, _searched, _start) = (target, rest.Length, rest.Length, 0);
    }
}
