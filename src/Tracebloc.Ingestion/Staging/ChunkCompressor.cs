using ZstdSharp;

namespace Tracebloc.Ingestion.Staging;

/// <summary>
/// Compresses the chunks of files. Extensions whose files do not get smaller, as .jpg and .png, are tried ever less.
/// </summary>
/// <param name="choice">The rule.</param>
internal sealed class ChunkCompressor(CompressionChoice choice) : IDisposable
{
    // The fastest level: it takes about 2 ms for a chunk, and 1 ms for one that it cannot compress.
    private const int Level = 1;

    // A chunk must get smaller by this part of it; decompression takes time too.
    private const int Gain = 8;

    private const int Losses = 4, Pause = 64;

    private readonly Dictionary<string, int> _losses = [];
    private Compressor? _compressor;
    private string _extension = "";
    private int _skipped;

    /// <summary>Begins a file.</summary>
    public void Begin(string path) => _extension = Path.GetExtension(path);

    /// <summary>True where the next chunk is worth a try.</summary>
    /// <param name="isBehind">True where the connection is slower than the frames are made.</param>
    public bool IsWorth(bool isBehind)
    {
        if (choice == CompressionChoice.Never || choice == CompressionChoice.Auto && !isBehind) return false;
        if (_losses.GetValueOrDefault(_extension) < Losses) return true;
        _skipped = (_skipped + 1) % Pause;
        return _skipped == 0;
    }

    /// <summary>Compresses a chunk.</summary>
    /// <returns>The length; null where it does not get smaller.</returns>
    public int? Compress(ReadOnlySpan<byte> chunk, Span<byte> target)
    {
        _compressor ??= new Compressor(Level);
        var room = Math.Min(target.Length, chunk.Length - chunk.Length / Gain);
        var isSmaller = _compressor.TryWrap(chunk, target[..room], out var length);
        _losses[_extension] = isSmaller ? 0 : _losses.GetValueOrDefault(_extension) + 1;
        return isSmaller ? length : null;
    }

    public void Dispose() => _compressor?.Dispose();
}
