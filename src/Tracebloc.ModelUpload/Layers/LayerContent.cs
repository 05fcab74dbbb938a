namespace Tracebloc.ModelUpload.Layers;

/// <summary>The bytes of a layer, made while they are read: files pass through once and lie nowhere.</summary>
/// <param name="layout">The layer.</param>
/// <param name="open">Opens a file at an offset; its stream ends with the file.</param>
internal sealed class LayerContent(LayerLayout layout, Func<LayerFile, long, CancellationToken, Task<Stream>> open)
{
    public long Length => layout.Length;

    /// <summary>The bytes from an offset on; the files before it are not opened.</summary>
    /// <returns>A stream that only reads, and throws what the files' streams throw.</returns>
    public Stream Open(long offset)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)offset, (ulong)Length);
        return new LayerStream(layout.From(offset), open);
    }
}
