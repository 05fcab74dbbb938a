namespace Tracebloc.Cli.Looking;

/// <summary>An entry of a folder. A link is one, wherever it leads.</summary>
/// <param name="Name">Its name, without the folder.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Size">The bytes of a file; 0 for others.</param>
internal readonly record struct ViewEntry(string Name, EntryKind Kind, long Size = 0)
{
    public string Extension => Path.GetExtension(Name);

    public bool IsCsv => Extension.Equals(".csv", StringComparison.OrdinalIgnoreCase);
}

/// <summary>The kind of an entry.</summary>
internal enum EntryKind
{
    File,

    Folder,

    Link,

    /// <summary>A pipe, a socket or a device.</summary>
    Other,
}
