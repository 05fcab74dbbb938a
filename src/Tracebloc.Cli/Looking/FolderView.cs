namespace Tracebloc.Cli.Looking;

/// <summary>A folder as it was listed: everything that a look at it needs.</summary>
/// <param name="Name">The folder, or the bare CSV, as the user named it.</param>
/// <param name="Entries">Its entries in the order of their names, hidden ones aside.</param>
internal sealed record FolderView(string Name, IReadOnlyList<ViewEntry> Entries)
{
    /// <summary>True where the user named a CSV, and no folder: it is the only entry.</summary>
    public bool IsBareFile { get; init; }

    /// <summary>The entries of the folders that data sets have, by their exact names.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ViewEntry>> Folders { get; init; } =
        new Dictionary<string, IReadOnlyList<ViewEntry>>();

    /// <summary>The entry of exactly this name; null for none.</summary>
    public ViewEntry? Find(string name) => Entries.Where(entry => entry.Name == name)
        .Select(entry => (ViewEntry?)entry).FirstOrDefault();
}
