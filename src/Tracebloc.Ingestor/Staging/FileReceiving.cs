using Tracebloc.Ingestion.Staging;

namespace Tracebloc.Ingestor.Staging;

/// <summary>Receives the files of one connection, and confirms what it has written.</summary>
internal sealed class FileReceiving(
    StagingLink link,
    IReadOnlyList<StagedFile> files,
    HeldFiles held,
    StagedTree tree,
    WorkFolder work,
    ReceiverOptions options) : IDisposable
{
    private const long AckEvery = 1 << 20;

    private static readonly TimeSpan AckAfter = TimeSpan.FromMilliseconds(200);

    private readonly ChunkReader _chunks = new();

    private PartFile? _part;
    private long _bytes;
    private (long Bytes, long Files) _confirmed;
    private long _confirmedAt = options.Time.GetTimestamp();

    /// <summary>The files that are verified and in their place; other connections' are not among them.</summary>
    public Dictionary<string, StagedRecord> Records { get; } = new(StringComparer.Ordinal);

    /// <summary>The number of files that were received.</summary>
    public long Files { get; private set; }

    /// <summary>Receives until the sender's end.</summary>
    /// <exception cref="StagingException">The connection failed, or a file is not as it was sent.</exception>
    /// <exception cref="IOException">The volume failed.</exception>
    public async Task ReceiveAsync(CancellationToken token)
    {
        while (true)
        {
            if (IsDue) await ConfirmAsync(token);
            var frame = await link.ReadAsync(token);
            switch (frame.Type)
            {
                case FrameType.Data when _part is not null:
                    var chunk = _chunks.Read(frame);
                    _part.Write(chunk.Span);
                    _bytes += chunk.Length;
                    break;
                case FrameType.FileEnd when _part is not null:
                    EndFile(_part, StagingMessages.FileEnd(frame));
                    break;
                case FrameType.File when _part is null:
                    Begin(frame, token);
                    break;
                case FrameType.Keep when _part is null:
                    Keep(frame);
                    break;
                case FrameType.End when _part is null:
                    await ConfirmAsync(token);
                    return;
                default:
                    throw StagingMessages.Unexpected(frame);
            }
        }
    }

    private void Begin(Frame frame, CancellationToken token)
    {
        var (index, offset) = StagingMessages.Pair(frame, FrameType.File);
        if (index >= files.Count || offset > files[(int)index].Size) throw StagingMessages.Unexpected(frame);
        var file = files[(int)index];
        if (Records.ContainsKey(file.Path)) throw StagingMessages.Unexpected(frame);
        _part = held.Continue(file, offset, options.Write, token);
    }

    private void EndFile(PartFile part, FileHash expected)
    {
        var name = WorkFolder.NameOf(part.File.Path);
        try
        {
            Records[part.File.Path] = part.Verify(expected);
        }
        catch (StagingException)
        {
            work.Remove(name);
            throw;
        }

        tree.Place(work.PathOf(name), part.File.Path);
        part.Dispose();
        _part = null;
        Files++;
    }

    private void Keep(Frame frame)
    {
        foreach (var index in StagingMessages.Numbers(frame, FrameType.Keep, files.Count))
            Records[files[index].Path] = held.Records.TryGetValue(files[index].Path, out var record)
                ? record
                : throw StagingMessages.Unexpected(frame);
    }

    private bool IsDue => _bytes - _confirmed.Bytes >= AckEvery
        || !link.HasFrame && options.Time.GetElapsedTime(_confirmedAt) >= AckAfter;

    private async Task ConfirmAsync(CancellationToken token)
    {
        if (_confirmed == (_bytes, Files)) return;
        (_confirmed, _confirmedAt) = ((_bytes, Files), options.Time.GetTimestamp());
        await StagingMessages.PairAsync(link.Writer, FrameType.Ack, _confirmed, token);
        await link.Writer.FlushAsync(token);
    }

    public void Dispose()
    {
        _part?.Dispose();
        _chunks.Dispose();
    }
}
