using System.Buffers;
using Microsoft.Win32.SafeHandles;
using Tracebloc.Ingestion.Staging;

namespace Tracebloc.Ingestor.Staging;

/// <summary>Finds what earlier transfers have left of the offered files, and reads what no list holds.</summary>
internal sealed class HeldFiles(StagedTree tree, WorkFolder work) : IDisposable
{
    private const int BufferBytes = 256 * 1024;

    // As many connections end with a part each.
    private const int MostHashes = 32;

    private readonly Dictionary<string, ContentHash> _hashes = [];
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);

    /// <summary>The records of files that are whole, by their paths.</summary>
    public Dictionary<string, StagedRecord> Records { get; } = new(StringComparer.Ordinal);

    /// <summary>True where a list had every file: the disk has them since it was written.</summary>
    public bool IsOnDisk { get; private set; } = true;

    /// <summary>Looks at all files.</summary>
    public IReadOnlyList<HeldFile> Find(IReadOnlyList<StagedFile> files, CancellationToken token)
    {
        var (listed, parts) = (work.ReadLists(), work.Parts());
        List<HeldFile> held = [];
        for (var index = 0; index < files.Count; index++)
        {
            token.ThrowIfCancellationRequested();
            var file = files[index];
            if (FindWhole(file, listed, token) is { } record)
                held.Add(new HeldFile(index, record.Size, record.Hash, IsWhole: true));
            else if (parts.Count > 0 && parts.Contains(WorkFolder.NameOf(file.Path))
                && FindPart(file, token) is { } part)
                held.Add(new HeldFile(index, part.Size, part.Hash, IsWhole: false));
        }

        return held;
    }

    /// <summary>The record of a file in its place that the lists of other connections hold; null for none.</summary>
    public StagedRecord? Listed(StagedFile file, Dictionary<string, StagedRecord> listed) =>
        listed.TryGetValue(file.Path, out var record) && record.Size == file.Size
            && tree.Find(file.Path) is { } there && there == record with { Hash = there.Hash }
                ? record
                : null;

    /// <summary>Opens a part to be continued.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">The bytes that are kept.</param>
    /// <param name="write">Writes to the part.</param>
    /// <param name="token">Cancels reading.</param>
    /// <exception cref="StagingException">The part is shorter.</exception>
    public PartFile Continue(
        StagedFile file, long offset, ReceiverOptions.WriteBytes write, CancellationToken token)
    {
        var name = WorkFolder.NameOf(file.Path);
        if (offset == 0) return new PartFile(file, work.MakePart(name), 0, new ContentHash(), write);
        var handle = work.OpenPart(name);
        try
        {
            var length = RandomAccess.GetLength(handle);
            if (length < offset) throw StagingException.Malformed($"file {file.Path} has {length} bytes of {offset}");
            if (!_hashes.Remove(file.Path, out var hash) || length != offset)
            {
                hash?.Dispose();
                hash = new ContentHash();
                Read(handle, offset, hash, token);
            }

            return new PartFile(file, handle, offset, hash, write);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private StagedRecord? FindWhole(
        StagedFile file, Dictionary<string, StagedRecord> listed, CancellationToken token)
    {
        using var handle = tree.OpenFile(file.Path);
        if (handle is null || RandomAccess.GetLength(handle) != file.Size) return null;
        var there = StagedTree.Describe(handle, default);
        if (!listed.TryGetValue(file.Path, out var record) || record with { Hash = default } != there)
        {
            using var hash = new ContentHash();
            Read(handle, file.Size, hash, token);
            record = there with { Hash = hash.End() };
            IsOnDisk = false;
        }

        return Records[file.Path] = record;
    }

    private StagedRecord? FindPart(StagedFile file, CancellationToken token)
    {
        using var handle = work.OpenPart(WorkFolder.NameOf(file.Path));
        var length = RandomAccess.GetLength(handle);
        if (length == 0 || length > file.Size) return null;
        var hash = new ContentHash();
        Read(handle, length, hash, token);
        var current = hash.Current;
        if (_hashes.Count >= MostHashes || !_hashes.TryAdd(file.Path, hash)) hash.Dispose();
        return new StagedRecord(length, 0, current);
    }

    private void Read(SafeFileHandle file, long length, ContentHash hash, CancellationToken token)
    {
        for (var offset = 0L; offset < length;)
        {
            token.ThrowIfCancellationRequested();
            var room = _buffer.AsSpan(0, (int)Math.Min(_buffer.Length, length - offset));
            var count = RandomAccess.Read(file, room, offset);
            if (count == 0) throw new IOException("a file became shorter while it was read");
            hash.Add(room[..count]);
            offset += count;
        }
    }

    public void Dispose()
    {
        foreach (var hash in _hashes.Values) hash.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
    }
}
