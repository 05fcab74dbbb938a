namespace Tracebloc.Kubernetes;

/// <summary>Cuts a stream into lines without copying more than what is left over from one read to the next.</summary>
internal sealed class LineReader(Stream stream, int limit)
{
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;
    private int _searched;

    /// <summary>
    /// The next line, valid until the next call; null at the end, where an unfinished line is dropped.
    /// </summary>
    /// <exception cref="InvalidDataException">The line is longer than the limit.</exception>
    internal async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_searched.._end).IndexOf((byte)'\n');
            if (length >= 0) return Take(_searched + length);

            _searched = _end;
            MakeRoom();
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0) return null;
            _end += read;
        }
    }

    private ReadOnlyMemory<byte> Take(int end)
    {
        var line = _buffer.AsMemory(_start, end - _start);
        _start = _searched = end + 1;
        return line;
    }

    private void MakeRoom()
    {
        if (_end < _buffer.Length) return;
        var rest = _buffer.AsSpan(_start.._end);
        if (rest.Length >= limit) throw new InvalidDataException($"an event of more than {limit} bytes");
        var target = rest.Length > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        rest.CopyTo(target);
        (_buffer, _end, _searched, _start) = (target, rest.Length, rest.Length, 0);
    }
}
