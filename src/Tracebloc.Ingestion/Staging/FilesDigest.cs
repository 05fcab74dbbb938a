using System.Buffers.Binary;
using System.Text;

namespace Tracebloc.Ingestion.Staging;

/// <summary>One hash over the files of a transfer. Both sides compute it: it proves that they have the same.</summary>
public static class FilesDigest
{
    /// <summary>The digest over paths, sizes and hashes, in the order of the paths.</summary>
    /// <param name="files">The files.</param>
    /// <param name="hashes">The hash of each.</param>
    public static FileHash Of(IReadOnlyList<StagedFile> files, IReadOnlyList<FileHash> hashes)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(hashes);
        using var digest = new ContentHash();
        var order = Enumerable.Range(0, files.Count).ToArray();
        Array.Sort(order, (one, other) => string.CompareOrdinal(files[one].Path, files[other].Path));
        Span<byte> numbers = stackalloc byte[sizeof(long) + FileHash.Size];
        foreach (var index in order)
        {
            // A path has no byte 0.
            digest.Add(Encoding.UTF8.GetBytes(files[index].Path));
            digest.Add([0]);
            BinaryPrimitives.WriteInt64BigEndian(numbers, files[index].Size);
            hashes[index].CopyTo(numbers[sizeof(long)..]);
            digest.Add(numbers);
        }

        return digest.End();
    }
}
