using Tracebloc.Ingestion.Specifications;
using Tracebloc.Net.Files;

namespace Tracebloc.Cli.Looking;

/// <summary>A folder of this machine, or a bare CSV. The folder itself may be a link; nothing in it may.</summary>
/// <param name="name">As the user gave it.</param>
internal sealed class LocalOrigin(string name) : IDataOrigin
{
    private readonly string _path = UserPath.Absolute(name);

    public string Name => name;

    public string Root => IsFile ? Path.GetDirectoryName(_path) ?? _path : _path;

    private bool IsFile => !Directory.Exists(_path);

    /// <summary>The origin of a path.</summary>
    /// <exception cref="CliException">There is no such file or folder.</exception>
    public static LocalOrigin Of(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new CliException(CliExit.Usage, "The path of the data is empty; give a folder or a .csv");
        var absolute = UserPath.Absolute(path);
        // A link that leads nowhere is named as one later.
        if (!Path.Exists(absolute) && UnlinkedFile.KindOf(absolute) != FileKind.Link)
            throw new CliException(CliExit.Local, $"\"{path}\" does not exist; check the path");
        return new(path);
    }

    public FolderView List(CancellationToken token)
    {
        try
        {
            return IsFile ? OfFile() : OfFolder(token);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CliException(CliExit.Local, $"\"{name}\" cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>The entries of one of its folders, in the order of their names.</summary>
    public IReadOnlyList<ViewEntry> Entries(string folder, CancellationToken token) =>
        EntriesOf(Path.Combine(_path, folder), token);

    private static ViewEntry Entry(string folder, FolderEntry entry) => new(
        entry.Name,
        entry switch
        {
            { IsFolder: true } => EntryKind.Folder,
            { Kind: FileKind.Regular } => EntryKind.File,
            { Kind: FileKind.Link } => EntryKind.Link,
            _ => EntryKind.Other,
        },
        entry.Kind == FileKind.Regular ? new FileInfo(Path.Combine(folder, entry.Name)).Length : 0);

    private FolderView OfFile()
    {
        var kind = UnlinkedFile.KindOf(_path);
        var entry = new ViewEntry(
            Path.GetFileName(_path),
            kind switch
            {
                FileKind.Regular => EntryKind.File,
                FileKind.Link => EntryKind.Link,
                _ => EntryKind.Other,
            },
            kind == FileKind.Regular ? new FileInfo(_path).Length : 0);
        return entry.IsCsv
            ? new(name, [entry]) { IsBareFile = true }
            : throw new CliException(CliExit.Local, $"\"{name}\" is no CSV; give a folder, or a .csv");
    }

    private FolderView OfFolder(CancellationToken token)
    {
        var entries = EntriesOf(_path, token);
        return new(name, entries)
        {
            Folders = Enum.GetValues<FileFolder>().Select(FolderRule.KeyOf)
                .Where(key => entries.Contains(new ViewEntry(key, EntryKind.Folder)))
                .ToDictionary(key => key, key => Entries(key, token)),
        };
    }

    private static IReadOnlyList<ViewEntry> EntriesOf(string folder, CancellationToken token)
    {
        var entries = new List<ViewEntry>();
        foreach (var entry in FolderListing.Read(folder))
        {
            token.ThrowIfCancellationRequested();
            if (!entry.Name.StartsWith('.')) entries.Add(Entry(folder, entry));
        }

        entries.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return entries;
    }
}
