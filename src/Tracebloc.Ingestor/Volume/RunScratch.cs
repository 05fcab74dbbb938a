using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Volume;

/// <summary>The scratch files of one attempt, in a folder of its own: no attempt uses those of another.</summary>
/// <param name="root">The folder that holds it.</param>
/// <param name="layout">The run.</param>
/// <param name="attempt">The attempt.</param>
internal sealed class RunScratch(string root, VolumeLayout layout, Guid attempt)
{
    public string Folder => Path.Combine(root, layout.ScratchPrefix + attempt.ToString("N"));

    /// <summary>The rows as processors write them.</summary>
    public string ProcessedRows => Path.Combine(Folder, "rows.json");

    public void Make() => Directory.CreateDirectory(Folder);

    public void Remove()
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Removes the folders that killed attempts of a run have left.</summary>
    public void RemoveOthers(string runKey)
    {
        if (!Directory.Exists(root)) return;
        var prefix = (layout with { RunKey = runKey }).ScratchPrefix;
        var left = FolderListing.Read(root).Where(entry =>
            entry.IsFolder && entry.Name.StartsWith(prefix, StringComparison.Ordinal)
            && Path.Combine(root, entry.Name) != Folder);
        foreach (var folder in left.ToList()) Directory.Delete(Path.Combine(root, folder.Name), recursive: true);
    }
}
