using Microsoft.Win32.SafeHandles;
using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>Writes the files of a run to their staged names. Safe for concurrent use.</summary>
internal sealed class VolumeFileWriter(VolumePlace place, VolumeState state, IReadOnlyList<SourceFile> files)
{
    private const int BufferBytes = 1 << 20, LeastBytes = 4096;

    private readonly Lock _lock = new();
    private bool _isCleared;
    private long _sent;

    public long SentBytes => Interlocked.Read(ref _sent);

    /// <summary>The record of a staged file.</summary>
    public static RecordedFile Recorded(VolumePlace place, SourceFile file, Digest content, string staged)
    {
        var path = Path.Combine(place.Staging, staged);
        return new RecordedFile
        {
            Path = file.Path.Text,
            Length = Net.Files.FileStamp.Of(path).Length,
            Sha256 = content.Hex,
            Address = file.Address,
            Version = file.Version,
            Stamp = VolumeState.Stamp(path),
        };
    }

    public async Task<(RecordedFile File, string? Staged)> WriteAsync(
        SourceFile file, IModelSource source, Transfer transfer, CancellationToken cancellationToken)
    {
        ClearLeftovers();
        var kept = state.Kept(file);
        // A part longer than the file is none of it. One whose file states no hash can end in bytes that a crash left.
        var start = kept > file.Length ? 0 : kept;
        var content = await WriteAsync(file, source, transfer, start, cancellationToken)
            ?? await WriteAsync(file, source, transfer, 0, cancellationToken)
            ?? throw new InvalidOperationException("A file that is read from its beginning has a digest or a fault.");
        var staged = StagedName.Done(file, content);
        place.RenameStaged(StagedName.Part(file), staged);
        return (Recorded(place, file, content, staged), staged);
    }

    private void ClearLeftovers()
    {
        lock (_lock)
        {
            if (_isCleared)
                return;
            place.Open();
            foreach (var name in state.Leftovers(files))
                place.RemoveStaged(name);
            _isCleared = true;
        }
    }

    /// <returns>Null where the bytes kept are to blame for a file that is not as stated.</returns>
    private async Task<Digest?> WriteAsync(
        SourceFile file, IModelSource source, Transfer transfer, long start, CancellationToken cancellationToken)
    {
        using var part = place.OpenStaged(StagedName.Part(file));
        using var buffer = await transfer.Memory.RentAsync(BufferFor(file, transfer), cancellationToken);
        RandomAccess.SetLength(part, start);
        await using var stream = await VerifiedFile.ContinueAsync(
            new VerifiedStream(source, file, transfer), Kept(part, start), buffer.Memory, cancellationToken);
        try
        {
            await CopyAsync(stream, part, buffer.Memory, cancellationToken);
        }
        catch (UploadException) when (start > 0 && stream.Reached == file.Length)
        {
            return null;
        }
        if (stream.Reached > VolumeState.Flushed)
            RandomAccess.FlushToDisk(part);
        return stream.Content;
    }

    private async Task CopyAsync(
        VerifiedStream stream, SafeFileHandle part, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var reached = stream.Reached;
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            await RandomAccess.WriteAsync(part, buffer[..read], reached, cancellationToken);
            reached += read;
            Interlocked.Add(ref _sent, read);
        }
    }

    // The handle stays the writer's.
    private static Stream Kept(SafeFileHandle part, long start) =>
        start == 0
            ? Stream.Null
            : new FileStream(new SafeFileHandle(part.DangerousGetHandle(), ownsHandle: false), FileAccess.Read, 0);

    private static int BufferFor(SourceFile file, Transfer transfer)
    {
        var wanted = Math.Clamp(file.Length ?? BufferBytes, LeastBytes, BufferBytes);
        return (int)Math.Min(wanted, transfer.Memory.Total);
    }
}
