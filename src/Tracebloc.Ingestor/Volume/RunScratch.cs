using System.Security.Cryptography;
using System.Text;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Volume;

/// <summary>
/// The scratch files of one attempt, in a folder of its own. Its name has the table: one attempt at a time holds the
/// lock of a table, so the folders that the holder finds beside its own are of attempts that have ended. The server is
/// not in the name: it answers by several addresses, and tables of one name share their folder on the volume.
/// </summary>
/// <param name="root">The folder that holds it.</param>
/// <param name="database">The name of the table's database, and so of its lock.</param>
/// <param name="table">The table.</param>
/// <param name="attempt">The attempt.</param>
internal sealed class RunScratch(string root, string database, string table, Guid attempt)
{
    private readonly string _prefix = $"scratch-{HashOf($"{database}/{table}")}-";

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

    private static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
