using System.Buffers.Binary;
using Tracebloc.ModelUpload.Archives;

namespace Tracebloc.ModelUpload.Tests.Archives;

/// <summary>An xz file of one block, stored without compression: no library here compresses xz.</summary>
internal static class XzFile
{
    private const int LargestChunk = 65_536;

    public static byte[] Of(byte[] content, byte dictionary = 22)
    {
        using var file = new MemoryStream();
        file.Write([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]);
        file.Write([0, 0, .. Sum([0, 0])]);
        byte[] header = [2, 0, 0x21, 1, dictionary, 0, 0, 0];
        file.Write([.. header, .. Sum(header)]);
        var start = file.Length;
        foreach (var (chunk, at) in content.Chunk(LargestChunk).Select((chunk, at) => (chunk, at)))
            file.Write([(byte)(at == 0 ? 1 : 2), (byte)((chunk.Length - 1) >> 8), (byte)(chunk.Length - 1), .. chunk]);
        file.WriteByte(0);
        var unpadded = file.Length - start + header.Length + 4;
        Pad(file);
        byte[] index = [0, 1, .. Number(unpadded), .. Number(content.Length)];
        index = [.. index, .. new byte[-index.Length & 3]];
        file.Write([.. index, .. Sum(index)]);
        byte[] footer = [(byte)(index.Length / 4), 0, 0, 0, 0, 0];
        file.Write([.. Sum(footer), .. footer, (byte)'Y', (byte)'Z']);
        return file.ToArray();
    }

    private static void Pad(MemoryStream file)
    {
        while (file.Length % 4 != 0)
            file.WriteByte(0);
    }

    private static IEnumerable<byte> Number(long value)
    {
        for (; value >= 0x80; value >>= 7)
            yield return (byte)(value | 0x80);
        yield return (byte)value;
    }

    private static byte[] Sum(byte[] bytes)
    {
        var crc = new Crc32();
        crc.Append(bytes);
        var sum = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(sum, crc.Value);
        return sum;
    }
}
