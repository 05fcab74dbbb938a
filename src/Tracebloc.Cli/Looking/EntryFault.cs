namespace Tracebloc.Cli.Looking;

/// <summary>The words for entries that are not what they should be.</summary>
internal static class EntryFault
{
    private const int Listed = 5;

    /// <summary>The fault of an entry in the place of a file.</summary>
    public static string Of(ViewEntry entry, string purpose) => entry.Kind switch
    {
        EntryKind.Folder => $"{entry.Name} is a folder; put {purpose} into a file of this name",
        EntryKind.Link => Link(entry.Name),
        _ => $"{entry.Name} is no regular file; put {purpose} into a file of this name",
    };

    /// <summary>The fault of a link: a stranger's link could name any file of this machine.</summary>
    public static string Link(string name) => $"{name} is a symbolic link; put the file or folder itself there";

    /// <summary>The name of an entry, of a folder with a slash.</summary>
    public static string Shown(ViewEntry entry) => entry.Kind == EntryKind.Folder ? $"{entry.Name}/" : entry.Name;

    /// <summary>The first names, and the number of the others.</summary>
    public static string List(IReadOnlyList<ViewEntry> entries) =>
        string.Join(", ", entries.Take(Listed).Select(Shown))
        + (entries.Count > Listed ? $" and {entries.Count - Listed} more" : "");
}
