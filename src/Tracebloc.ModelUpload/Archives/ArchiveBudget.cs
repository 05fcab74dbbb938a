namespace Tracebloc.ModelUpload.Archives;

/// <summary>The count of what an archive has unpacked to so far, against its limits.</summary>
internal sealed class ArchiveBudget(ArchiveFile archive, ArchiveLimits limits)
{
    private readonly long _packed = archive.Content.Length;
    private long _bytes;
    private int _entries;

    /// <exception cref="UploadException">There are too many.</exception>
    public void AddEntry()
    {
        if (++_entries > limits.MaxEntries)
            throw archive.Fault($"has more than {limits.MaxEntries} entries; unpack it and upload its folder");
    }

    /// <summary>Refuses an entry whose stated length does not fit, before any of it is written.</summary>
    /// <exception cref="UploadException">It does not.</exception>
    public void Expect(ArchiveEntry entry)
    {
        if (entry.Length > limits.MaxBytes - _bytes)
            throw TooLarge();
    }

    /// <summary>So many more bytes came out of the archive, its headers and padding included.</summary>
    /// <exception cref="UploadException">They are too many.</exception>
    public void AddBytes(int count)
    {
        _bytes += count;
        if (_bytes > limits.MaxBytes)
            throw TooLarge();
        if (_bytes > limits.FreeBytes && _bytes / limits.MaxRatio > _packed)
            throw archive.Fault(
                $"unpacks to more than {limits.MaxRatio} times its {_packed} bytes; unpack it and upload its folder");
    }

    private UploadException TooLarge() =>
        archive.Fault($"unpacks to more than {limits.MaxBytes} bytes; unpack it and upload its folder");
}
