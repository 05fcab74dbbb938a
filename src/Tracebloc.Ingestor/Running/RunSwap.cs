using Microsoft.Extensions.Logging;
using Tracebloc.Ingestor.Tables;
using Tracebloc.Ingestor.Volume;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Running;

/// <summary>
/// Puts table and files of a run that the backend has registered in the place of those of the former data set. Every
/// step can be repeated, by another attempt or by another run of the table.
/// </summary>
internal sealed partial class RunSwap(RunContext context)
{
    /// <summary>Looks, before anything is loaded, whether the files of the former data set can be replaced.</summary>
    /// <exception cref="IngestorException">They are no folder, or the new data lies among them.</exception>
    public void CheckPlace()
    {
        var (layout, data) = (context.Setup.Layout, context.Setup.Data());
        IEnumerable<string> sources = [data.Source, .. data.Layout.Select(folder => folder.Path), .. data.Scripts];
        if (sources.FirstOrDefault(layout.IsPlaced) is { } within)
            throw new IngestorException(
                IngestorExit.Failed,
                $"{within} is in {layout.Place}, the folder of the data set that is replaced; put the new data "
                + "elsewhere on the volume")
            {
                IsFinal = true,
            };
        if (UnlinkedFile.KindOf(layout.Place) is FileKind.Link or FileKind.Regular)
            throw new IngestorException(
                IngestorExit.Failed, $"Folder {layout.Place} cannot be replaced: it is no folder; remove it by hand")
            {
                IsFinal = true,
            };
    }

    /// <summary>Swaps, removes what is left of the former data set, and ends the run in the journal.</summary>
    /// <exception cref="IngestorException">Table or files are gone.</exception>
    public async Task SwapAsync(RunRecord run, CancellationToken token)
    {
        var ownership = await context.OwnershipAsync(token);
        var former = (await new JournalReader(context.Session).OfTableAsync(run.Table, token))
            .Where(each => each.Key != run.Key && each.Phase == RunPhase.Registered).ToList();
        var table = new TableReplacement(context.Session, ownership, run);
        await table.SwapAsync(token);
        await ownership.Fence.CheckAsync(context.Session, token);
        SwapFiles(run, former);
        await table.DropFormerAsync(token);
        await new RunJournal(context.Session, ownership, run.Key, run.Replaces)
            .SwappedAsync(RowSalt.Of(run, ownership.Salt), token);
        context.EndOwnership();
        foreach (var each in former) LogReplaced(context.Setup.Logger, run.Key, each.Key, run.Table);
        // The next start of this run does it otherwise.
        if (run.Key != context.Key && run.Folder is not null) context.FilesOf(run.Key).Close();
    }

    // A folder of that name may be the source of an upload: it is the data set's only where a run has placed files.
    private void SwapFiles(RunRecord run, List<RunRecord> former)
    {
        if (run.Folder is not null) context.FilesOf(run.Key).Swap();
        else if (former.Exists(each => each.Folder is not null)) PlaceRemoval.Remove(context.Setup.Layout);
    }

    [LoggerMessage(645, LogLevel.Information, "Run {Key} has replaced the data set of run {Former} in table {Table}")]
    private static partial void LogReplaced(ILogger logger, string key, string former, string table);
}
