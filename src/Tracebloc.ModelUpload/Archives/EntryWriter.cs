using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Tracebloc.ModelUpload.Models;
using Tracebloc.Net.Files;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Archives;

/// <summary>Writes entries into a folder, without following a link in it.</summary>
internal sealed class EntryWriter(ArchiveFile archive, ArchiveBudget budget, VolumeFolder folder)
{
    private readonly byte[] _buffer = new byte[128 * 1024];

    /// <exception cref="UploadException">The entry is not as stated, or the folder takes no more.</exception>
    public ArchivedFile Write(ArchiveEntry entry, ModelPath path, CancellationToken cancellationToken)
    {
        try
        {
            return Copy(entry, path, cancellationToken);
        }
        catch (Exception e) when (e is not (UploadException or OperationCanceledException))
        {
            // Decompressors fail on hostile bytes in any way there is: by an index, by a cast, by memory.
            throw archive.Fault(entry.Name, $"cannot be unpacked: {e.Message}", e);
        }
    }

    private ArchivedFile Copy(ArchiveEntry entry, ModelPath path, CancellationToken cancellationToken)
    {
        using var file = OnDisk(path, () => Create(path.Segments));
        var content = entry.Open();
        using var owned = entry.Crc is null ? null : content;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (crc, offset) = (new Crc32(), 0L);
        while (offset < entry.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = Read(entry, content, offset);
            hash.AppendData(_buffer, 0, read);
            if (entry.Crc is not null)
                crc.Append(_buffer.AsSpan(0, read));
            var place = offset;
            OnDisk(path, () =>
            {
                RandomAccess.Write(file, _buffer.AsSpan(0, read), place);
                return read;
            });
            offset += read;
        }

        CheckEnd(entry, content, crc.Value);
        var sum = Convert.ToHexStringLower(hash.GetHashAndReset());
        return new ArchivedFile(path, entry.Length, Digest.Parse($"sha256:{sum}"));
    }

    private int Read(ArchiveEntry entry, Stream content, long offset)
    {
        var read = content.Read(_buffer.AsSpan(0, (int)Math.Min(_buffer.Length, entry.Length - offset)));
        if (read == 0)
            throw archive.Fault(entry.Name, $"breaks off after {offset} of {entry.Length} bytes");
        budget.AddBytes(read);
        return read;
    }

    private void CheckEnd(ArchiveEntry entry, Stream content, uint crc)
    {
        if (entry.Crc is not { } stated)
            return;
        if (content.Read(_buffer.AsSpan(0, 1)) > 0)
            throw archive.Fault(entry.Name, $"has more than the {entry.Length} bytes stated");
        if (crc != stated)
            throw archive.Fault(entry.Name, $"is damaged: its CRC-32 is {crc:x8} in place of {stated:x8}");
    }

    private SafeFileHandle Create(IReadOnlyList<string> segments)
    {
        var (at, opened) = (folder, new Stack<VolumeFolder>());
        try
        {
            foreach (var segment in segments.Take(segments.Count - 1))
                opened.Push(at = at.MakeFolder(segment));
            return at.OpenForWriting(segments[^1], isNew: true);
        }
        finally
        {
            while (opened.TryPop(out var each))
                each.Dispose();
        }
    }

    private static T OnDisk<T>(ModelPath path, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw UploadException.OfSource(
                $"Scratch file {path} cannot be written: {e.Message}; set --storage-path to a larger folder", e);
        }
    }
}
