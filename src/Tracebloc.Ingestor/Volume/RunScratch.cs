using Microsoft.Extensions.Logging;
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
/// <param name="table">The table, or one pod of it, which has scratch of its own.</param>
/// <param name="attempt">The attempt.</param>
internal sealed partial class RunScratch(string root, DatabaseSettings database, string table, Guid attempt)
{
    private readonly string _prefix =
        LockName.Of("scratch-", $"{database.Host}:{database.Port}", database.Name, table) + "-";

    public string Folder => Path.Combine(root, _prefix + attempt.ToString("N"));

    /// <summary>The rows as processors write them.</summary>
    public string ProcessedRows => Path.Combine(Folder, "rows.json");

    public void Make() => Directory.CreateDirectory(Folder);

    /// <summary>Removes the files of this attempt.</summary>
    public void TryRemove(ILogger logger) => Try(Remove, logger);

    /// <summary>Removes the folders that killed attempts of any key have left: the lock must be held.</summary>
    public void TryRemoveOthers(ILogger logger) => Try(RemoveOthers, logger);

    // Scratch that stays decides no outcome: the next attempt removes it.
    private void Try(Action remove, ILogger logger)
    {
        try
        {
            remove();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogNotRemoved(logger, table, fault.Message);
        }
    }

    private void Remove()
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    private void RemoveOthers()
    {
        if (!Directory.Exists(root)) return;
        var left = FolderListing.Read(root).Where(entry =>
            entry.IsFolder && entry.Name.StartsWith(_prefix, StringComparison.Ordinal)
            && Path.Combine(root, entry.Name) != Folder);
        foreach (var folder in left.ToList()) Directory.Delete(Path.Combine(root, folder.Name), recursive: true);
    }

    [LoggerMessage(642, LogLevel.Warning, "Scratch files of table {Table} could not be removed: {Reason}")]
    private static partial void LogNotRemoved(ILogger logger, string table, string reason);
}
