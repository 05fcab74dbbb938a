using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Validation;
using Tracebloc.Ingestor.Settings;
using Tracebloc.Ingestor.Sharding;
using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Running;

/// <summary>
/// The validation of a run's rows that several pods share, as pod 0 sees it, which holds the table's lock. It writes
/// the slices to the journal, validates some as the others do, and merges the findings: the result is the one of a
/// single pass. Nothing but journal and scratch is written.
/// </summary>
internal sealed partial class SharedValidation(RunContext context, ShardSettings shards, SourceRows rows)
{
    private readonly RunSetup _setup = context.Setup;
    private readonly byte[] _owner = RandomNumberGenerator.GetBytes(16);

    private SliceJournal Journal => field ??= new(context.Session, _setup.Table, context.Key);

    /// <summary>Validates the rows.</summary>
    /// <returns>The result, and the parts in which the rows can be loaded; null where one pass must give it.</returns>
    /// <exception cref="IngestorException">A slice cannot be read, or none was validated for a long time.</exception>
    /// <exception cref="FenceException">Another run has taken the table over.</exception>
    public async Task<(ValidationResult Result, IReadOnlyList<RowPart> Parts)?> RunAsync(CancellationToken token)
    {
        if (await HeaderAsync(token) is not { } header) return null;
        await RunJournal.PrepareAsync(context.Session, _setup.Settings.Database.Name, token);
        await PartJournal.PrepareAsync(context.Session, token);
        var slices = SourceSlice.Cut(rows.Length, shards.Count * SharedLoad.PartsOfPod);
        await Journal.PlanAsync(
            new RunSlices(
                _owner,
                _setup.Digest,
                [.. slices.Select((slice, number) => new SliceRecord(number, slice, SliceState.Open))]),
            token);
        LogPlan(_setup.Logger, _setup.Table, slices.Count, shards.Count);
        try
        {
            return await MergeAsync(header, await CheckAllAsync(token), token);
        }
        finally
        {
            // The next start does it otherwise.
            if (!token.IsCancellationRequested)
                await SliceJournal.RemoveAsync(context.Session, _setup.Table, token);
        }
    }

    // One pass finds the reason.
    private async Task<RecordHeader?> HeaderAsync(CancellationToken token)
    {
        try
        {
            await using var reader = await rows.OpenAsync(null, token);
            return reader.Header;
        }
        catch (ReadingException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<SliceRecord>> CheckAllAsync(CancellationToken token)
    {
        var checking = new SliceChecking(_setup, shards, context.Server, context.Session, context.Scratch);
        var (done, since) = (0, _setup.Time.GetTimestamp());
        while (true)
        {
            var slices = await Journal.FindAsync(token);
            if (slices is null || !slices.Owner.AsSpan().SequenceEqual(_owner))
                throw new FenceException($"Table {_setup.Table} was taken over by another run, which has other slices");
            if (slices.Failed is { Error: var reason })
                throw new IngestorException(IngestorExit.Failed, reason ?? "A slice of the rows could not be read");
            var chain = slices.Chain();
            if (chain.IsComplete) return chain.Right;
            var count = slices.Slices.Count(slice => slice.State == SliceState.Done);
            if (count > done || chain.Again is not null) (done, since) = (count, _setup.Time.GetTimestamp());
            if (chain.Again is { } again)
                await Journal.ReadAgainAsync(again, _owner, token);
            else if (_setup.Time.GetElapsedTime(since) > _setup.Deadlines.Part)
                throw new IngestorException(
                    IngestorExit.Failed,
                    $"Table {_setup.Table}: {count} of {slices.Slices.Count} slices are validated, and no other was "
                    + $"for {_setup.Deadlines.Part.TotalHours:0} h; delete the pods that hang, and start the run "
                    + "again");
            else if (!await checking.TryCheckAsync(slices, token))
                await Task.Delay(_setup.Deadlines.Look, _setup.Time, token);
        }
    }

    private async Task<(ValidationResult Result, IReadOnlyList<RowPart> Parts)?> MergeAsync(
        RecordHeader header, IReadOnlyList<SliceRecord> slices, CancellationToken token)
    {
        try
        {
            using var merged = new MergedValidation(
                _setup.Specification, header, context.Scratch.Folder, _setup.Time);
            foreach (var slice in slices)
            {
                var (found, findings) = await Journal.FindingsAsync(slice, token);
                if (!merged.TryMerge(found, findings))
                {
                    LogOnePass(_setup.Logger, _setup.Table);
                    return null;
                }

                for (var chunk = 0; await Journal.KeysAsync(slice, chunk, token) is var (validator, bytes); chunk++)
                    merged.AddKeys(validator, bytes);
            }

            var result = await merged.EndAsync(rows.OpenAsync, token);
            return (result, [.. merged.Parts.Select((part, number) =>
                new RowPart(number, part.FirstRow, part.Rows, part.Range))]);
        }
        catch (InvalidDataException unlike)
        {
            throw new IngestorException(
                IngestorExit.Failed,
                $"Table {_setup.Table}: the pods of the run have different versions; start the Job again with one "
                + "image",
                unlike);
        }
    }

    [LoggerMessage(
        677, LogLevel.Information, "Table {Table}: the rows are validated in {Slices} slices by up to {Pods} pods")]
    private static partial void LogPlan(ILogger logger, string table, int slices, int pods);

    [LoggerMessage(
        678, LogLevel.Information,
        "Table {Table}: dates of its rows have day and month in different orders; one pass finds the rows at fault")]
    private static partial void LogOnePass(ILogger logger, string table);
}
