using Tracebloc.Processes;

namespace Tracebloc.Ingestor.Processors;

/// <summary>Reads the lines that a program writes, each of bounded length.</summary>
internal sealed class AnswerReader(StreamedProgram program)
{
    /// <summary>The most bytes of a line.</summary>
    public const int Longest = 4 * 1024 * 1024;

    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>True once a line was longer than <see cref="Longest"/>: no more is read.</summary>
    public bool IsOverrun { get; private set; }

    /// <returns>
    /// The next line without its end, valid until the next call; null at the end, where a line without an end is none.
    /// </returns>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken token)
    {
        for (var searched = 0; !IsOverrun;)
        {
            var at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (at >= 0) return Take(searched + at);
            searched = _end - _start;
            if (searched > Longest)
            {
                IsOverrun = true;
                break;
            }

            MakeRoom();
            var read = await program.ReadAsync(_buffer.AsMemory(_end), token);
            if (read == 0) return null;
            _end += read;
        }

        return null;
    }

    private ReadOnlyMemory<byte> Take(int length)
    {
        var line = _buffer.AsMemory(_start, length);
        _start += length + 1;
        return line;
    }

    private void MakeRoom()
    {
        if (_end < _buffer.Length) return;
        var larger = _start > 0 ? _buffer : new byte[_buffer.Length * 2];
        _buffer.AsSpan(_start, _end - _start).CopyTo(larger);
        (_buffer, _start, _end) = (larger, 0, _end - _start);
    }
}
