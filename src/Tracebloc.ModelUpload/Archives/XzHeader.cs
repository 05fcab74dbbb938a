namespace Tracebloc.ModelUpload.Archives;

/// <summary>
/// The start of an xz file. Its decompressor takes memory of the size stated there, of up to 4 GiB, and so that is
/// looked at before; later blocks of xz's own state the same.
/// </summary>
/// <seealso href="https://tukaani.org/xz/xz-file-format.txt"/>
internal static class XzHeader
{
    private const int StreamHeader = 12, Lzma2 = 0x21;

    private const string TooLarge = "needs more than 64 MiB of memory; pack it with xz -9 or less";

    // 64 MiB, as xz -9 writes: (2 | bit) << (value / 2 + 11).
    private const int LargestDictionary = 28;

    /// <summary>Completes "Archive … "; null where the memory is bounded.</summary>
    public static string? Fault(ReadOnlySpan<byte> start)
    {
        if (start.Length <= StreamHeader)
            return "breaks off at its beginning";
        var length = (start[StreamHeader] + 1) * 4;
        if (start.Length < StreamHeader + length)
            return "breaks off at its beginning";
        // A file of no blocks has the list of them here, which begins with a zero.
        return length == 4 ? null : BlockFault(start.Slice(StreamHeader + 1, length - 1));
    }

    private static string? BlockFault(ReadOnlySpan<byte> header)
    {
        var flags = header[0];
        var at = 1;
        for (var sizes = (flags >> 6 & 1) + (flags >> 7); sizes > 0; sizes--)
            at = AfterNumber(header, at);
        for (var filters = (flags & 3) + 1; filters > 0 && at + 2 < header.Length; filters--)
        {
            if (header[at] == Lzma2)
                return header[at + 2] > LargestDictionary ? TooLarge : null;
            at = AfterNumber(header, at);
            at += 1 + (at < header.Length ? header[at] : 0);
        }

        return "is compressed by another method than LZMA2";
    }

    private static int AfterNumber(ReadOnlySpan<byte> header, int at)
    {
        while (at < header.Length && (header[at] & 0x80) != 0)
            at++;
        return at + 1;
    }
}
