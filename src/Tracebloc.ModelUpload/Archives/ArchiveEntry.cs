namespace Tracebloc.ModelUpload.Archives;

/// <summary>An entry of an archive as it is stated there; nothing of it has been checked.</summary>
/// <param name="Name">Its name, without <c>./</c> before and the slash after it.</param>
/// <param name="IsFolder">True for a folder, false for a file.</param>
/// <param name="Length">The bytes that it is said to have.</param>
internal sealed record ArchiveEntry(string Name, bool IsFolder, long Length)
{
    /// <summary>Completes "Entry … " where its kind cannot be unpacked: a link, a device.</summary>
    public string? Fault { get; init; }

    /// <summary>Gives its bytes, of which <see cref="Length"/> are to be read before the next entry is taken.</summary>
    public Func<Stream> Open { get; init; } = () => Stream.Null;

    /// <summary>The CRC-32 of its bytes, with which its stream then ends; null where none is stated.</summary>
    public uint? Crc { get; init; }

    /// <summary>True for the folder that all others are in.</summary>
    public bool IsRoot => IsFolder && Name is "" or ".";

    /// <summary>A name as archives write it: <c>./a/b</c> is <c>a/b</c>, and a folder ends in a slash.</summary>
    public static ArchiveEntry Of(string name, bool isFolder, long length)
    {
        var plain = name;
        while (plain.StartsWith("./", StringComparison.Ordinal))
            plain = plain[2..];
        return isFolder || plain.EndsWith('/')
            ? new ArchiveEntry(plain.EndsWith('/') ? plain[..^1] : plain, IsFolder: true, length)
            : new ArchiveEntry(plain, IsFolder: false, length);
    }
}
