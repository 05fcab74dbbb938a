using System.Buffers;

namespace Tracebloc.Ingestion.Staging;

/// <summary>Sends the content of files over one connection.</summary>
/// <param name="writer">The connection's frames.</param>
/// <param name="choice">The rule by which data is compressed.</param>
internal sealed class FileSending(FrameWriter writer, CompressionChoice choice) : IDisposable
{
    // A chunk is not cut where at least this much fits into what is left of a buffer.
    private const int LeastChunk = 32 * 1024;

    private readonly ContentHash _hash = new();
    private readonly ChunkCompressor _compressor = new(choice);
    private readonly byte[] _scratch = ArrayPool<byte>.Shared.Rent(Frame.LargestPayload);

    /// <summary>Confirms files that are there already.</summary>
    public ValueTask KeepAsync(IReadOnlyList<int> files, CancellationToken token) =>
        StagingMessages.KeepAsync(writer, files, token);

    /// <summary>The hash of a whole file.</summary>
    public async Task<FileHash> HashAsync(IStagingSource source, int index, CancellationToken token)
    {
        using var content = source.Open(index);
        await HashAsync(content, source.Files[index].Size, token);
        content.RequireUnchanged();
        return _hash.End();
    }

    /// <summary>Sends a file, from the end of the part that is there.</summary>
    /// <param name="source">The source.</param>
    /// <param name="item">The file.</param>
    /// <param name="name">Its place among the files that this connection offers.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The hash of the whole file, and the bytes of it that were there.</returns>
    public async Task<(FileHash Hash, long Start)> SendAsync(
        IStagingSource source, SendItem item, int name, CancellationToken token)
    {
        using var content = source.Open(item.Index);
        var start = await StartAsync(content, item, token);
        await StagingMessages.PairAsync(writer, FrameType.File, (name, start), token);
        _compressor.Begin(source.Files[item.Index].Path);
        for (var offset = start; offset < item.Size;)
            offset += await SendChunkAsync(content, offset, item.Size - offset, token);
        content.RequireUnchanged();
        var hash = _hash.End();
        await StagingMessages.FileEndAsync(writer, hash, token);
        return (hash, start);
    }

    // The part may be one of another file that had this name.
    private async Task<long> StartAsync(IStagingContent content, SendItem item, CancellationToken token)
    {
        if (item.Part is not { } part || part.Length > item.Size) return 0;
        await HashAsync(content, part.Length, token);
        if (_hash.Current == part.Hash) return part.Length;
        _hash.End();
        return 0;
    }

    private async Task HashAsync(IStagingContent content, long length, CancellationToken token)
    {
        for (var offset = 0L; offset < length;)
        {
            token.ThrowIfCancellationRequested();
            var room = _scratch.AsMemory(0, (int)Math.Min(_scratch.Length, length - offset));
            var count = await ReadAsync(content, room, offset, token);
            _hash.Add(room.Span[..count]);
            offset += count;
        }
    }

    private async Task<int> SendChunkAsync(IStagingContent content, long offset, long left, CancellationToken token)
    {
        var room = await writer.BeginAsync(FrameType.Data, (int)Math.Min(left, LeastChunk) + 1, token);
        try
        {
            var isTried = _compressor.IsWorth(writer.IsBehind);
            var target = room[1..];
            var length = (int)Math.Min(left, target.Length);
            var chunk = isTried ? _scratch.AsMemory(0, length) : target[..length];
            var count = await ReadAsync(content, chunk, offset, token);
            _hash.Add(chunk.Span[..count]);
            writer.End(1 + Fill(room.Span, chunk.Span[..count], isTried));
            return count;
        }
        catch
        {
            writer.Abandon();
            throw;
        }
    }

    private int Fill(Span<byte> room, ReadOnlySpan<byte> chunk, bool isTried)
    {
        room[0] = ChunkReader.Plain;
        if (!isTried) return chunk.Length;
        if (_compressor.Compress(chunk, room[1..]) is { } length)
        {
            room[0] = ChunkReader.Zstd;
            return length;
        }

        chunk.CopyTo(room[1..]);
        return chunk.Length;
    }

    private static async ValueTask<int> ReadAsync(
        IStagingContent content, Memory<byte> room, long offset, CancellationToken token)
    {
        var count = await content.ReadAsync(room, offset, token);
        if (count > 0) return count;
        content.RequireUnchanged();
        throw new StagingException(StagingFailure.Changed, $"Transfer failed: a file ended at byte {offset}");
    }

    public void Dispose()
    {
        _hash.Dispose();
        _compressor.Dispose();
        ArrayPool<byte>.Shared.Return(_scratch);
    }
}
