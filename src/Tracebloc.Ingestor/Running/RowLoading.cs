using Tracebloc.Database;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestor.Loading;
using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Running;

/// <summary>Sends rows of a source to the table of a run: all of them, or a part.</summary>
internal sealed class RowLoading(RunSetup setup, DatabaseServer server)
{
    public async Task<LoadResult> LoadAsync(RecordReader reader, RowLoad load, CancellationToken token)
    {
        using var ids = new RowIds(load.Run.Key, RowSalt.Of(load.Run, load.Salt));
        var rows = new RowSource(setup.Specification, reader.Header, load.Dates);
        var encoder = new RowEncoder(setup.Specification, reader.Header, rows, ids);
        using var loader = new TableLoader(new LoadJob
        {
            Server = server,
            Fence = load.Fence,
            Target = encoder.Target(load.Run.IngestorId) with { Table = load.Run.LoadedTable },
            Table = load.Run.Table,
            Choice = LoadChoice.Of(server.Facts, setup.Settings.Database.Load),
            FirstId = load.FirstId,
            MostConnections = load.MostConnections,
            Retry = setup.Retry,
            Time = setup.Time,
            Logger = setup.Logger,
            Progress = load.Progress,
        });
        return await loader.RunAsync(reader, encoder, token);
    }
}

/// <summary>Some rows that are sent.</summary>
internal sealed record RowLoad
{
    public required RunRecord Run { get; init; }

    /// <summary>The check that this pod still may.</summary>
    public required Fence Fence { get; init; }

    /// <summary>The table's salt.</summary>
    public required byte[] Salt { get; init; }

    /// <summary>The order of day and month by column.</summary>
    public required IReadOnlyDictionary<string, DateOrder> Dates { get; init; }

    /// <summary>The id of the first row.</summary>
    public required long FirstId { get; init; }

    /// <summary>The most connections that load at once.</summary>
    public int MostConnections { get; init; } = LoadJob.Connections;

    public required IProgress<LoadProgress> Progress { get; init; }
}
