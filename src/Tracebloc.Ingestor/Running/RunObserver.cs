using Tracebloc.Database;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestor.Tables;
using Tracebloc.Ingestor.Volume;

namespace Tracebloc.Ingestor.Running;

/// <summary>Reads what earlier runs have left, and changes nothing.</summary>
internal sealed class RunObserver(RunSetup setup, DatabaseSession session)
{
    public async Task<RunObservation> ObserveAsync(CancellationToken token)
    {
        var journal = new JournalReader(session);
        var own = await journal.FindAsync(setup.Layout.RunKey, token);
        var all = await journal.OfTableAsync(setup.Table, token);
        return new RunObservation
        {
            Key = setup.Layout.RunKey,
            Table = setup.Table,
            Intent = setup.Intent,
            SpecDigest = setup.Digest,
            SourceMark = own is { IsOver: false, Phase: not (RunPhase.Loading or RunPhase.Swapping) }
                ? await MarkAsync(token)
                : null,
            HasFiles = setup.HasFiles,
            Overwrite = setup.Settings.Overwrite,
            ShadowExists = own is { Replaces: true, IsOver: false }
                && await TableFacts.ReadAsync(session, own.LoadedTable, token) is not null,
            Own = own,
            Others = [.. all.Where(run => run.Key != setup.Layout.RunKey)],
            TableExists = await TableFacts.ReadAsync(session, setup.Table, token) is not null,
            TableCreator = (await journal.TableAsync(setup.Table, token))?.CreatedBy,
            Folder = setup.HasFiles ? await RunFolder.ObserveAsync(setup.Layout, token) : FolderFacts.Free,
        };
    }

    /// <summary>The mark of the whole source; null where it cannot be read to its end: nothing is resumed.</summary>
    private async Task<string?> MarkAsync(CancellationToken token)
    {
        // A processor need not answer the same again.
        if (setup.Specification.Processors.Count > 0) return null;
        try
        {
            var file = new SourceFile(setup.Data().Source, setup.Specification.Source);
            await using var reader = await RecordSource.OpenAsync(file, setup.Specification, token);
            while (await reader.ReadAsync(token) is { } batch) batch.Dispose();
            return reader.Mark?.ToString();
        }
        catch (Exception unreadable) when (unreadable is IngestorException or ReadingException or IOException)
        {
            return null;
        }
    }
}
