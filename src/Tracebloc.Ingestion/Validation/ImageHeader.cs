using Microsoft.Win32.SafeHandles;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Reads the size of an image from its header, and whether its end is there.</summary>
/// <remarks>A decoder would do more work than a hostile file is worth: a small file can declare a huge image.</remarks>
public static class ImageHeader
{
    /// <summary>The most pixels of an image, as Pillow limits them: twice 2^30 / 4 / 3.</summary>
    public const long MostPixels = 178_956_970;

    // The end marker lies among the last bytes of a file; some writers add padding behind it.
    private const int TailBytes = 64 * 1024;

    /// <summary>Reads the size of an open file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="fault">The fault and its remedy, to follow the file's name; null for none.</param>
    /// <returns>The size; null with the fault.</returns>
    public static ImageSize? Read(SafeFileHandle file, out string? fault)
    {
        var bytes = new ImageBytes(file);
        if (bytes.Length == 0)
        {
            fault = "is empty; copy the image again, or remove it";
            return null;
        }

        var start = bytes.At(0, 16);
        var size = start switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => ImagePng.Read(bytes, out fault),
            [0xff, 0xd8, ..] => ImageJpeg.Read(bytes, out fault),
            _ => Unknown(start, out fault),
        };
        if (size is null || (long)size.Width * size.Height <= MostPixels) return size;
        fault = $"declares {size} pixels, a decompression bomb; replace it";
        return null;
    }

    /// <summary>True where the last bytes contain an end marker behind a position.</summary>
    internal static bool HasEnd(ImageBytes bytes, ReadOnlySpan<byte> marker, long after)
    {
        // Mostly it is the last thing in the file.
        if (bytes.At(Math.Max(after, bytes.Length - marker.Length), marker.Length).SequenceEqual(marker)) return true;
        var from = Math.Max(after, bytes.Length - TailBytes);
        return bytes.Tail(from).IndexOf(marker) >= 0;
    }

    private static ImageSize? Unknown(ReadOnlySpan<byte> start, out string? fault)
    {
        var guess = start switch
        {
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => ", but GIF",
            [(byte)'B', (byte)'M', ..] => ", but BMP",
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] => ", but WebP",
            [(byte)'I', (byte)'I', 0x2a, 0, ..] or [(byte)'M', (byte)'M', 0, 0x2a, ..] => ", but TIFF",
            [(byte)'<', ..] => ", but HTML or XML",
            _ => "",
        };
        fault = $"is neither JPEG nor PNG{guess}; convert or replace it";
        return null;
    }
}
