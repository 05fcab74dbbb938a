namespace Tracebloc.Ingestion.Reading;

/// <summary>The bytes of a source, read once, with the mark that they make.</summary>
/// <param name="stream">The bytes; disposed with this.</param>
/// <param name="name">The source as the user named it, for messages.</param>
/// <param name="expected">The mark of an earlier pass, which this one must see again; null for the first.</param>
/// <param name="range">The part that is read; of it, an earlier pass has made the mark.</param>
internal sealed class SourceContent(
    Stream stream, string name, SourceMark? expected = null, SourceRange? range = null) : IAsyncDisposable
{
    private readonly SourceMarker _marker = new(expected, (int)((range?.Begin ?? 0) / SourceMark.BlockBytes));
    private bool _isBegun = range is null;

    public string Name => name;

    /// <summary>The bytes read so far, of the part where there is one.</summary>
    public long Position { get; private set; }

    /// <summary>The mark of all bytes; null before the end.</summary>
    public SourceMark? Mark { get; private set; }

    /// <summary>Fills memory as far as there are bytes.</summary>
    /// <returns>Fewer bytes than asked for at the end alone.</returns>
    /// <exception cref="IOException">The source cannot be read, or is not the one of the earlier pass.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> memory, CancellationToken cancellationToken)
    {
        if (!_isBegun) await BeginAsync(cancellationToken);
        var left = range is null ? memory.Length : (int)Math.Min(memory.Length, range.End - range.Begin - Position);
        var filled = await FillAsync(memory[..left], cancellationToken);
        Position += filled;
        if (range is not null && filled < left) throw Changed();
        if (filled == memory.Length || Mark is not null) return filled;
        if (range is not null) await EndBlockAsync(range.End, cancellationToken);
        Mark = (range is null ? _marker.End() : _marker.EndPart()) ?? throw Changed();
        return filled;
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private async ValueTask<int> FillAsync(Memory<byte> memory, CancellationToken cancellationToken)
    {
        var filled = await stream.ReadAtLeastAsync(memory, memory.Length, throwOnEndOfStream: false, cancellationToken);
        return _marker.Add(memory.Span[..filled]) ? filled : throw Changed();
    }

    // A block is compared as a whole: the first and the last one of a part are shared with its neighbours.
    private async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        _isBegun = true;
        var begin = range?.Begin ?? 0;
        var before = (int)(begin % SourceMark.BlockBytes);
        stream.Position = begin - before;
        if (await FillAsync(new byte[before], cancellationToken) < before) throw Changed();
    }

    private async ValueTask EndBlockAsync(long end, CancellationToken cancellationToken)
    {
        var rest = (int)((SourceMark.BlockBytes - end % SourceMark.BlockBytes) % SourceMark.BlockBytes);
        var isLast = await FillAsync(new byte[rest], cancellationToken) < rest || end + rest == expected?.Length;
        if (isLast && await stream.ReadAsync(new byte[1], cancellationToken) > 0) throw Changed();
    }

    private IOException Changed() =>
        new($"{name} was changed after it was validated; leave it as it is until it is loaded, and start again");
}
