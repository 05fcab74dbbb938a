using System.Buffers.Binary;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>The headers of a JPEG (ITU-T T.81, annex B): segments up to a frame header, which holds the size.</summary>
internal static class ImageJpeg
{
    private const int MostSegments = 1000;
    private const byte Fill = 0xff, EndOfImage = 0xd9, StartOfScan = 0xda;

    public static ImageSize? Read(ImageBytes bytes, out string? fault)
    {
        long at = 2;
        for (var segments = 0; segments < MostSegments; segments++)
        {
            var segment = bytes.At(at, 10);
            if (segment.Length < 10)
            {
                fault = "is truncated: it ends before its size; copy it again";
                return null;
            }

            var marker = segment[1];
            if (segment[0] != Fill || marker is EndOfImage or StartOfScan) break;
            if (IsFrame(marker)) return Frame(bytes, segment, at, out fault);
            var length = BinaryPrimitives.ReadUInt16BigEndian(segment[2..]);
            if (length < 2 && !IsAlone(marker)) break;
            // A marker may be preceded by any number of fill bytes.
            at += marker == Fill ? 1 : IsAlone(marker) ? 2 : 2 + length;
        }

        fault = "is corrupt: its JPEG headers hold no size; replace it";
        return null;
    }

    private static ImageSize? Frame(ImageBytes bytes, ReadOnlySpan<byte> segment, long at, out string? fault)
    {
        var height = BinaryPrimitives.ReadUInt16BigEndian(segment[5..]);
        var width = BinaryPrimitives.ReadUInt16BigEndian(segment[7..]);
        fault = width == 0 || height == 0 ? "is corrupt: its JPEG header holds no size; replace it"
            : !ImageHeader.HasEnd(bytes, [Fill, EndOfImage], at) ? "is truncated: its end is missing; copy it again"
            : null;
        return fault is null ? new(width, height) : null;
    }

    // SOF0 to SOF15, without the tables and extensions between them.
    private static bool IsFrame(byte marker) => marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc);

    // TEM, RST0 to RST7, SOI.
    private static bool IsAlone(byte marker) => marker is 0x01 or (>= 0xd0 and <= 0xd8);
}
