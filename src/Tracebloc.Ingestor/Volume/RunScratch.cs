using Tracebloc.Database;
using Tracebloc.Ingestor.Settings;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Volume;

/// <summary>
/// The scratch files of one attempt, in a folder of its own. Its name has the table: one attempt at a time holds the
/// lock of a table, so the folders that the holder finds beside its own are of attempts that have ended.
/// </summary>
/// <param name="root">The folder that holds it.</param>
/// <param name="database">The database of the table, and of its lock.</param>
/// <param name="table">The table.</param>
/// <param name="attempt">The attempt.</param>
internal sealed class RunScratch(string root, DatabaseSettings database, string table, Guid attempt)
{
    private readonly string _prefix =
        LockName.Of("scratch-", $"{database.Host}:{database.Port}", database.Name, table) + "-";

    public string Folder => Path.Combine(root, _prefix + attempt.ToString("N"));

    /// <summary>The rows as processors write them.</summary>
    public string ProcessedRows => Path.Combine(Folder, "rows.json");

    public void Make() => Directory.CreateDirectory(Folder);

    public void Remove()
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Removes the folders that killed attempts of any key have left: the lock must be held.</summary>
    public void RemoveOthers()
    {
        if (!Directory.Exists(root)) return;
        var left = FolderListing.Read(root).Where(entry =>
            entry.IsFolder && entry.Name.StartsWith(_prefix, StringComparison.Ordinal)
            && Path.Combine(root, entry.Name) != Folder);
        foreach (var folder in left.ToList()) Directory.Delete(Path.Combine(root, folder.Name), recursive: true);
    }
}
