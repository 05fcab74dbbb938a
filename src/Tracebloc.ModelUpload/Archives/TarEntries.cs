namespace Tracebloc.ModelUpload.Archives;

/// <summary>
/// Reads a tar's entries one after the other. The class library's reader takes a header of a gigabyte into memory;
/// here headers of long names are bounded.
/// </summary>
internal sealed class TarEntries(ArchiveFile archive, ArchiveBudget budget, Stream content)
{
    private const int MaxExtension = 1024 * 1024;

    private readonly byte[] _block = new byte[TarBlock.Bytes];
    private string _last = "";

    /// <summary>The entries; the content of each is read, or has none, when the next is taken.</summary>
    public IEnumerable<ArchiveEntry> Read()
    {
        var extension = new TarExtension();
        while (NextBlock() is { } block)
        {
            var length = extension.Length ?? block.Length ?? throw Fault("has a size that is no number");
            if (block.Type is 'L' or 'K' or 'x' or 'g')
            {
                extension = Extend(extension, block.Type, ReadExtension(block.Length ?? 0));
                continue;
            }

            var entry = Entry(block, extension, length);
            (_last, extension) = (entry.Name, new TarExtension());
            yield return entry;
            if (!entry.IsFolder)
                Skip(TarBlock.PaddingOf(length));
        }

        ReadToEnd();
    }

    private static TarExtension Extend(TarExtension extension, char type, byte[] bytes) => type switch
    {
        'L' => extension with { Name = TarBlock.Text(bytes) },
        'x' => TarExtension.OfPax(bytes, extension),
        'g' => TarExtension.OfPax(bytes, new TarExtension()) is { Name: null, Length: null, Fault: null }
            ? extension
            : extension with { Fault = "follows PAX records that name all files alike" },
        _ => extension,
    };

    private ArchiveEntry Entry(TarBlock block, TarExtension extension, long length)
    {
        var isFolder = block.Type == '5';
        var entry = ArchiveEntry.Of(extension.Name ?? block.Name, isFolder, length);
        return entry with
        {
            Open = () => content,
            Fault = extension.Fault ?? FaultOf(block.Type)
                ?? (entry.IsFolder && length > 0 ? "is a folder with bytes" : null),
        };
    }

    private static string? FaultOf(char type) => type switch
    {
        '0' or '\0' or '5' or '7' => null,
        '1' => "is a hard link",
        '2' => "is a symbolic link",
        '3' or '4' => "is a device",
        '6' => "is a named pipe",
        'S' => "is a sparse file; pack it without --sparse",
        _ => $"is of the unknown type '{type}'",
    };

    private TarBlock? NextBlock()
    {
        Fill(_block);
        if (TarBlock.IsZero(_block))
            return null;
        budget.AddEntry();
        return TarBlock.IsSumRight(_block) ? TarBlock.Read(_block) : throw Fault("is followed by a damaged header");
    }

    private byte[] ReadExtension(long length)
    {
        if (length > MaxExtension)
            throw Fault($"is followed by a header of {length} bytes");
        var bytes = new byte[length + TarBlock.PaddingOf(length)];
        Fill(bytes);
        return bytes[..(int)length];
    }

    private void Fill(Span<byte> bytes)
    {
        if (content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw Fault("is the last before the archive breaks off");
        budget.AddBytes(bytes.Length);
    }

    private void Skip(int count) => Fill(_block.AsSpan(0, count));

    /// <summary>Compressors check their sum at the end; what follows a tar's own end is ignored.</summary>
    private void ReadToEnd()
    {
        while (content.Read(_block) is > 0 and var read)
            budget.AddBytes(read);
    }

    private UploadException Fault(string fault) =>
        _last.Length == 0 ? archive.Fault("breaks off or is damaged at its beginning") : archive.Fault(_last, fault);
}
