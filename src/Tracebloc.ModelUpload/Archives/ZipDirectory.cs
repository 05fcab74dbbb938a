using System.Buffers.Binary;

namespace Tracebloc.ModelUpload.Archives;

/// <summary>
/// The end of a zip, which says where the list of its entries is. The class library reads that list into memory, and so
/// its size is checked before.
/// </summary>
/// <seealso href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT"/>
internal static class ZipDirectory
{
    private const int EndBytes = 22, MaxComment = ushort.MaxValue, LocatorBytes = 20, End64Bytes = 56;
    private const int MaxDirectory = 64 * 1024 * 1024;

    /// <summary>Completes "Archive … "; null for a list that can be read.</summary>
    public static string? Fault(Stream zip)
    {
        var tail = new byte[(int)Math.Min(zip.Length, EndBytes + MaxComment)];
        ReadAt(zip, zip.Length - tail.Length, tail);
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || at > tail.Length - EndBytes)
            return "breaks off: it has no list of entries at its end";
        var end = tail.AsSpan(at);
        var place = zip.Length - tail.Length + at;
        var start = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        var directory = start == uint.MaxValue ? Start64(zip, place) : start;
        if (directory is null || directory < 0 || directory > place)
            return "is damaged: its list of entries is not where its end says";
        return place - directory > MaxDirectory ? $"has a list of entries of more than {MaxDirectory} bytes" : null;
    }

    private static long? Start64(Stream zip, long end)
    {
        var locator = new byte[LocatorBytes];
        if (end < LocatorBytes || !ReadAt(zip, end - LocatorBytes, locator))
            return null;
        if (!locator.AsSpan().StartsWith("PK\u0006\u0007"u8))
            return null;
        var place = BinaryPrimitives.ReadInt64LittleEndian(locator.AsSpan(8));
        var record = new byte[End64Bytes];
        return place >= 0 && place <= end - LocatorBytes - End64Bytes && ReadAt(zip, place, record)
            ? BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48))
            : null;
    }

    private static bool ReadAt(Stream zip, long place, byte[] bytes)
    {
        zip.Position = place;
        return zip.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;
    }
}
