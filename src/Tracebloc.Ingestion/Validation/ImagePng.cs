using System.Buffers.Binary;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>The header of a PNG: IHDR is the first chunk, IEND the last (https://www.w3.org/TR/png-3/, 5.6).</summary>
internal static class ImagePng
{
    private const int SizeAt = 16, HeaderBytes = 33;

    // The last chunk's name and checksum.
    private static ReadOnlySpan<byte> End => [(byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xae, 0x42, 0x60, 0x82];

    public static ImageSize? Read(ImageBytes bytes, out string? fault)
    {
        var start = bytes.At(0, HeaderBytes);
        if (start.Length < HeaderBytes)
        {
            fault = "is truncated: it ends within its header; copy it again";
            return null;
        }

        var width = BinaryPrimitives.ReadUInt32BigEndian(start[SizeAt..]);
        var height = BinaryPrimitives.ReadUInt32BigEndian(start[(SizeAt + 4)..]);
        if (!start[12..SizeAt].SequenceEqual("IHDR"u8) || width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
        {
            fault = "is corrupt: its PNG header holds no size; replace it";
            return null;
        }

        var size = new ImageSize((int)width, (int)height);
        fault = ImageHeader.HasEnd(bytes, End, HeaderBytes)
            ? null
            : "is truncated: its end is missing; copy it again";
        return fault is null ? size : null;
    }
}
