using System.Buffers.Binary;
using System.IO.Compression;

namespace Tracebloc.Testing;

/// <summary>Writes images of one grey: small, whole, and readable by every decoder.</summary>
public static class SampleImages
{
    private const int BlockPixels = 8;

    /// <summary>A PNG of 8 bits a pixel.</summary>
    public static byte[] Png(int width, int height, byte grey = 128)
    {
        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var row = new byte[1 + width];
            row.AsSpan(1).Fill(grey);
            for (var y = 0; y < height; y++) zlib.Write(row);
        }

        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);
        Chunk(png, "IHDR"u8, [.. BigEndian(width), .. BigEndian(height), 8, 0, 0, 0, 0]);
        Chunk(png, "IDAT"u8, pixels.ToArray());
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    /// <summary>A baseline JPEG of one component: each block takes two bits.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="comment">Bytes of a comment before the header of the frame, at most 65,533.</param>
    public static byte[] Jpeg(int width, int height, int comment = 0)
    {
        using var jpeg = new MemoryStream();
        jpeg.Write([0xff, 0xd8]);
        Segment(jpeg, 0xe0, [.. "JFIF"u8, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        if (comment > 0) Segment(jpeg, 0xfe, new byte[comment]);
        Segment(jpeg, 0xdb, [0, .. Enumerable.Repeat((byte)1, BlockPixels * BlockPixels)]);
        Segment(jpeg, 0xc0, [8, .. Short(height), .. Short(width), 1, 1, 0x11, 0]);
        // Each table has the one symbol 0 with the code 0: no difference, and the end of the block.
        Segment(jpeg, 0xc4, [0x00, 1, .. new byte[15], 0]);
        Segment(jpeg, 0xc4, [0x10, 1, .. new byte[15], 0]);
        Segment(jpeg, 0xda, [1, 1, 0, 0, 63, 0]);
        var blocks = Blocks(width) * Blocks(height);
        var bits = new byte[(blocks * 2 + 7) / 8];
        // The last byte is padded with ones.
        if (blocks * 2 % 8 is > 0 and var used) bits[^1] = (byte)(0xff >> used);
        jpeg.Write(bits);
        jpeg.Write([0xff, 0xd9]);
        return jpeg.ToArray();
    }

    private static int Blocks(int pixels) => (pixels + BlockPixels - 1) / BlockPixels;

    private static void Segment(MemoryStream jpeg, byte marker, ReadOnlySpan<byte> content)
    {
        jpeg.Write([0xff, marker, .. Short(content.Length + 2)]);
        jpeg.Write(content);
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        png.Write(BigEndian(content.Length));
        png.Write(name);
        png.Write(content);
        png.Write(BigEndian((int)Crc([.. name, .. content])));
    }

    private static byte[] BigEndian(int number)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Short(int number) => [(byte)(number >> 8), (byte)number];

    // https://www.w3.org/TR/png-3/, annex D.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : 0xedb88320 ^ (crc >> 1);
        }

        return ~crc;
    }
}
