namespace Tracebloc.Ingestion.Reading;

/// <summary>The bytes of a source, read once, with the mark that they make.</summary>
/// <param name="stream">The bytes; disposed with this.</param>
/// <param name="name">The source as the user named it, for messages.</param>
/// <param name="expected">The mark of an earlier pass, which this one must see again; null for the first.</param>
internal sealed class SourceContent(Stream stream, string name, SourceMark? expected = null) : IAsyncDisposable
{
    private readonly SourceMarker _marker = new(expected);

    public string Name => name;

    /// <summary>The bytes read so far.</summary>
    public long Position { get; private set; }

    /// <summary>The mark of all bytes; null before the end.</summary>
    public SourceMark? Mark { get; private set; }

    /// <summary>Fills memory as far as there are bytes.</summary>
    /// <returns>Fewer bytes than asked for at the end alone.</returns>
    /// <exception cref="IOException">The source cannot be read, or is not the one of the earlier pass.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> memory, CancellationToken cancellationToken)
    {
        var filled = await stream.ReadAtLeastAsync(memory, memory.Length, throwOnEndOfStream: false, cancellationToken);
        Position += filled;
        if (!_marker.Add(memory.Span[..filled])) throw Changed();
        if (filled < memory.Length && Mark is null) Mark = _marker.End() ?? throw Changed();
        return filled;
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private IOException Changed() =>
        new($"{name} was changed after it was validated; leave it as it is until it is loaded, and start again");
}
