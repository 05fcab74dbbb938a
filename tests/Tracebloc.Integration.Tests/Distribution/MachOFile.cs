using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tracebloc.Integration.Tests.Distribution;

/// <summary>
/// A program of macOS: its header and its code signature
/// (https://github.com/apple-oss-distributions/xnu: EXTERNAL_HEADERS/mach-o/loader.h, osfmk/kern/cs_blobs.h).
/// </summary>
internal sealed class MachOFile
{
    private const uint Magic64 = 0xfeedfacf, Executable = 2, CodeSignatureCommand = 0x1d;
    private const uint SuperBlob = 0xfade0cc0, CodeDirectoryBlob = 0xfade0c02, AdHoc = 0x2;
    private const byte Sha256 = 2;

    private readonly byte[] _content;

    public MachOFile(byte[] content)
    {
        _content = content;
        Assert.Equal(Magic64, Header(0));
        Assert.Equal(Executable, Header(12));
    }

    /// <summary>CPU_TYPE_X86_64 or CPU_TYPE_ARM64.</summary>
    public uint Processor => Header(4);

    /// <summary>Checks that the signature is ad hoc, covers the whole file, and has the hash of each page.</summary>
    /// <returns>The number of pages.</returns>
    public int VerifySignature()
    {
        var (start, size) = Signature();
        Assert.Equal(_content.Length, start + size);
        Assert.Equal(SuperBlob, Signed(start));
        var directory = start + (int)Enumerable.Range(0, (int)Signed(start + 8))
            .Select(number => Signed(start + 16 + (8 * number)))
            .First(offset => Signed(start + (int)offset) == CodeDirectoryBlob);
        Assert.Equal(AdHoc, Signed(directory + 12) & AdHoc);
        var (hashes, pages, limit) = (
            directory + (int)Signed(directory + 16), (int)Signed(directory + 28), (int)Signed(directory + 32));
        Assert.Equal(start, limit);
        Assert.Equal((SHA256.HashSizeInBytes, Sha256), (_content[directory + 36], _content[directory + 37]));
        var pageSize = 1 << _content[directory + 39];
        Assert.Equal((limit + pageSize - 1) / pageSize, pages);
        for (var page = 0; page < pages; page++)
        {
            var from = page * pageSize;
            var hash = SHA256.HashData(_content.AsSpan(from, Math.Min(pageSize, limit - from)));
            Assert.Equal(hash, _content.AsSpan(hashes + (page * hash.Length), hash.Length).ToArray());
        }

        return pages;
    }

    private (int Start, int Size) Signature()
    {
        var at = 32;
        for (var left = Header(16); left > 0; left--, at += (int)Header(at + 4))
            if (Header(at) == CodeSignatureCommand)
                return ((int)Header(at + 8), (int)Header(at + 12));
        throw new InvalidDataException("The program has no code signature.");
    }

    private uint Header(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_content.AsSpan(at));

    private uint Signed(int at) => BinaryPrimitives.ReadUInt32BigEndian(_content.AsSpan(at));
}
