using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Ingestor.Loading;

/// <summary>
/// Loads a source into its table: rows are encoded by one task and sent by as many connections as are faster. The first
/// failure ends all of them; chunks that were committed stay, for the run's undo.
/// </summary>
internal sealed partial class TableLoader(LoadJob job) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _workers = [];
    private readonly long _start = job.Time.GetTimestamp();
    private LoadChoice _choice = job.Choice;
    private ConnectionRamp _ramp = new(job.MostConnections);
    private long _rows;
    private long _bytesRead;
    private int _alive;
    private int _mostAlive;

    /// <summary>Loads the rows of a reader, once.</summary>
    /// <exception cref="IngestorException">The server rejected rows, or the source has changed.</exception>
    /// <exception cref="FenceException">Another run has taken the table over.</exception>
    /// <exception cref="DatabaseException">The table cannot be loaded, or a connection was lost.</exception>
    /// <exception cref="IOException">The source cannot be read, or is not the one that was validated.</exception>
    public async Task<LoadResult> RunAsync(RecordReader reader, RowEncoder encoder, CancellationToken token)
    {
        LogChoice(job.Logger, _choice.ToString());
        await using var caller = token.UnsafeRegister(static stop => ((CancellationTokenSource)stop!).Cancel(), _stop);
        var chunks = Channel.CreateBounded<EncodedChunk>(
            new BoundedChannelOptions(1) { SingleWriter = true, SingleReader = false });
        AddWorker(chunks.Reader);
        var failures = new List<Exception>();
        await EndAsync(EncodeAsync(reader, encoder, chunks.Writer, _stop.Token), failures, token);
        chunks.Writer.Complete();
        foreach (var worker in Workers())
            await EndAsync(worker, failures, token);
        while (chunks.Reader.TryRead(out var rest))
            rest.Dispose();
        token.ThrowIfCancellationRequested();
        // The first cause: cancelled work is a consequence of another failure, if there is one.
        if ((failures.Find(one => one is not OperationCanceledException) ?? failures.FirstOrDefault()) is { } failure)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        return new LoadResult(_rows, _mostAlive, _choice.ToString());
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>Waits for the end of the work; its failure stops everything.</summary>
    private async Task EndAsync(Task work, List<Exception> failures, CancellationToken token)
    {
        try
        {
            await work;
        }
        catch (Exception failed)
        {
            if (!token.IsCancellationRequested) failures.Add(failed);
            await _stop.CancelAsync();
        }
    }

    private async Task EncodeAsync(
        RecordReader reader, RowEncoder encoder, ChannelWriter<EncodedChunk> chunks, CancellationToken stop)
    {
        var (builder, first) = (new ChunkBuilder(), job.FirstId);
        while (await reader.ReadAsync(stop) is { } batch)
            using (batch)
            {
                if (batch.Faults is [var fault, ..])
                    throw new IngestorException(
                        IngestorExit.Failed, $"{reader.Header.File}:{fault.Line}: {fault.Message}");
                for (var row = 0; row < batch.Count;)
                {
                    row = encoder.Encode(batch, row, first, builder);
                    if (builder.IsFull)
                        await chunks.WriteAsync(builder.Take(), stop);
                }

                first += batch.Count;
                Volatile.Write(ref _bytesRead, reader.BytesRead);
            }

        if (builder.Count > 0)
            await chunks.WriteAsync(builder.Take(), stop);
    }

    private async Task SendAsync(ChannelReader<EncodedChunk> chunks, CancellationToken stop)
    {
        var choice = _choice;
        ChunkLoader? loader = null;
        try
        {
            await foreach (var chunk in chunks.ReadAllAsync(stop))
                using (chunk)
                {
                    loader ??= await OpenAsync(choice, stop);
                    while (await LoadAsync(loader, choice, chunk, stop) is { } other)
                    {
                        await loader.DisposeAsync();
                        (loader, choice) = (await OpenAsync(other, stop), other);
                    }

                    if (!Count(chunk.Count, chunks)) return;
                }
        }
        catch (Exception)
        {
            await _stop.CancelAsync();
            throw;
        }
        finally
        {
            if (loader is not null) await loader.DisposeAsync();
        }
    }

    /// <param name="loader">The connection.</param>
    /// <param name="choice">Its method: another connection's may have changed already.</param>
    /// <param name="chunk">The rows.</param>
    /// <param name="stop">Ends the attempt.</param>
    /// <returns>The method for the chunk where this one was refused; null when the chunk is committed.</returns>
    private async Task<LoadChoice?> LoadAsync(
        ChunkLoader loader, LoadChoice choice, EncodedChunk chunk, CancellationToken stop)
    {
        try
        {
            var verdict = await loader.LoadAsync(chunk, job.Fence, stop);
            return verdict.IsAccepted ? null : throw Rejected(verdict);
        }
        catch (DatabaseException refused) when (choice.After(refused) is { } other)
        {
            LogChoice(job.Logger, other.ToString());
            return _choice = other;
        }
    }

    private Task<ChunkLoader> OpenAsync(LoadChoice choice, CancellationToken stop) =>
        ChunkLoader.OpenAsync(job.Server, choice.Method, job.Target, job.Retry, stop);

    /// <returns>False when this connection is one too many.</returns>
    private bool Count(int rows, ChannelReader<EncodedChunk> chunks)
    {
        lock (_gate)
        {
            _rows += rows;
            _ramp = _ramp.After(rows, job.Time.GetElapsedTime(_start));
            job.Progress?.Report(new LoadProgress(_rows, Volatile.Read(ref _bytesRead)));
            if (_ramp.Connections > _alive)
                AddWorker(chunks);
            if (_ramp.Connections >= _alive) return true;
            _alive--;
            return false;
        }
    }

    private void AddWorker(ChannelReader<EncodedChunk> chunks)
    {
        lock (_gate)
        {
            _mostAlive = Math.Max(_mostAlive, ++_alive);
            _workers.Add(Task.Run(() => SendAsync(chunks, _stop.Token)));
        }
    }

    // Workers add workers: the list may grow until the last one has ended.
    private IEnumerable<Task> Workers()
    {
        for (var index = 0; ; index++)
        {
            Task worker;
            lock (_gate)
            {
                if (index == _workers.Count) yield break;
                worker = _workers[index];
            }

            yield return worker;
        }
    }

    private IngestorException Rejected(ChunkVerdict verdict) => new(
        IngestorExit.Failed,
        $"Table {job.Table}: the server rejected rows, and all rows of this run are taken back: "
        + string.Join("; ", verdict.Faults));

    [LoggerMessage(610, LogLevel.Information, "{Choice}")]
    private static partial void LogChoice(ILogger logger, string choice);
}
