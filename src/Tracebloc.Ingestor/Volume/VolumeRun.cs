using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Volume;

/// <summary>The files of a run: listed, placed, published, and taken back. Every step can be repeated.</summary>
internal sealed class VolumeRun(VolumeLayout layout, Guid owner)
{
    /// <summary>Writes the list of the files, before the journal knows of any.</summary>
    public void List(IEnumerable<PlacedFile> files)
    {
        RunFolder.RemoveAll(layout);
        PlacementList.Write(RunFolder.Take(layout, owner).List, files);
    }

    /// <summary>The files of the run, until its hold on them is ended.</summary>
    public long Count => RunFolder.Find(layout) is { } folder ? PlacementList.Read(folder.List).LongCount() : 0;

    /// <summary>Places all files and publishes their folder, where no earlier attempt has.</summary>
    /// <exception cref="IngestorException">A file is missing, two have one name, or the place is taken.</exception>
    public async Task PlaceAsync(Action<FilePlacer> progress, CancellationToken token)
    {
        if ((await RunFolder.ObserveAsync(layout, token)).Owner == layout.RunKey) return;
        (await GatherAsync(progress, token)).Publish();
    }

    /// <summary>Brings all files into the hidden folder of the run.</summary>
    /// <exception cref="IngestorException">A file is missing, or two have one name.</exception>
    public async Task<RunFolder> GatherAsync(Action<FilePlacer> progress, CancellationToken token)
    {
        var folder = RunFolder.Take(layout, owner);
        if (!File.Exists(folder.List))
            throw new IngestorException(
                IngestorExit.Failed,
                $"Folder {layout.Table} has no list of files: another attempt has taken the run over");
        var placer = new FilePlacer(folder, progress);
        await placer.PlaceAsync(PlacementList.Read(folder.List), token);
        var placed = FolderListing.Read(folder.Data).LongCount(entry => entry.Name != VolumeLayout.Marker);
        if (placed != placer.Files)
            throw new IngestorException(
                IngestorExit.Failed,
                $"Folder {layout.Table} has {placed} files of {placer.Files}: two files have one name; rename one of "
                + "them")
            {
                IsFinal = true,
            };
        return folder;
    }

    /// <summary>Gives the gathered files the place of those of a former data set, which are removed.</summary>
    /// <exception cref="IngestorException">The files are gone, or the place is no folder.</exception>
    public void Swap() => RunFolder.Swap(layout, owner);

    /// <summary>Ends the run's hold on its files: they are the table's.</summary>
    public void Close()
    {
        var files = RunFolder.Find(layout) is { } folder ? PlacementList.Read(folder.List) : [];
        foreach (var file in files.Where(file => file.IsStaged && WasCopied(file.Source))) File.Delete(file.Source);
        RunFolder.RemoveAll(layout);
        RunFolder.RemoveMarker(layout);
    }

    /// <summary>Takes everything back: moved files return, copies are deleted.</summary>
    public void Undo()
    {
        var folder = RunFolder.Take(layout, owner);
        folder.Withdraw();
        foreach (var file in PlacementList.Read(folder.List).Where(file => file.IsStaged))
            Return(Path.Combine(folder.Data, file.Name), file.Source);
        RunFolder.RemoveAll(layout);
    }

    // Another file of the same name may have been uploaded since this one was moved.
    private bool WasCopied(string source) =>
        UnlinkedFile.KindOf(source) == FileKind.Regular && !VolumeFile.AreOnOneMount(source, layout.Root);

    private static void Return(string placed, string source)
    {
        if (UnlinkedFile.KindOf(source) != FileKind.Absent || UnlinkedFile.KindOf(placed) == FileKind.Absent) return;
        var reason = VolumeFile.IsLinked(source) ? "its folder is a link; put a folder there"
            : VolumeFile.Rename(placed, source) switch
            {
                RenameResult.Done => null,
                RenameResult.Absent => "its folder is gone; create it again",
                _ => "its folder is on another file system; mount the volume as before",
            };
        if (reason is not null)
            throw new IngestorException(IngestorExit.Failed, $"File {source} could not be moved back: {reason}");
    }
}
