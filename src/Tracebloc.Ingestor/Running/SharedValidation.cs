using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Validation;
using Tracebloc.Ingestor.Settings;
using Tracebloc.Ingestor.Sharding;

namespace Tracebloc.Ingestor.Running;

/// <summary>
/// The validation of a run's rows that several pods share, as pod 0 sees it: each validates some slices of the file,
/// and pod 0 merges the findings. The result is the one of a single pass. Nothing but journal and scratch is written.
/// </summary>
internal sealed partial class SharedValidation(RunContext context, ShardSettings shards, SourceRows rows)
{
    private readonly RunSetup _setup = context.Setup;

    /// <summary>Validates the rows.</summary>
    /// <returns>The result, and the parts in which the rows can be loaded; null where one pass must give it.</returns>
    /// <exception cref="IngestorException">A slice cannot be read, or none was validated for a long time.</exception>
    /// <exception cref="FenceException">Another run has taken the table over.</exception>
    public async Task<(ValidationResult Result, IReadOnlyList<RowPart> Parts)?> RunAsync(CancellationToken token)
    {
        if (await HeaderAsync(token) is not { } header) return null;
        var lead = new SliceLead(context, shards);
        await lead.PlanAsync(SourceSlice.Cut(rows.Length, shards.Count * SharedLoad.PartsOfPod), token);
        try
        {
            var slices = await lead.CheckAllAsync(planned => planned.Chain(), token);
            return await MergeAsync(header, slices, lead.Journal, token);
        }
        catch (InvalidDataException unlike)
        {
            throw lead.Unlike(unlike);
        }
        finally
        {
            await lead.EndAsync(token);
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

    private async Task<(ValidationResult Result, IReadOnlyList<RowPart> Parts)?> MergeAsync(
        RecordHeader header, IReadOnlyList<SliceRecord> slices, SliceJournal journal, CancellationToken token)
    {
        using var merged = new MergedValidation(
            _setup.Specification, header, context.Scratch.Folder, _setup.Time);
        foreach (var slice in slices)
        {
            var (found, findings) = await journal.FindingsAsync(slice, token);
            if (!merged.TryMerge(found, findings))
            {
                LogOnePass(_setup.Logger, _setup.Table);
                return null;
            }

            for (var chunk = 0; await journal.KeysAsync(slice, chunk, token) is var (validator, bytes); chunk++)
                merged.AddKeys(validator, bytes);
        }

        var result = await merged.EndAsync(rows.OpenAsync, token);
        return (result, [.. merged.Parts.Select((part, number) =>
            new RowPart(number, part.FirstRow, part.Rows, part.Range))]);
    }

    [LoggerMessage(
        678, LogLevel.Information,
        "Table {Table}: dates of its rows have day and month in different orders; one pass finds the rows at fault")]
    private static partial void LogOnePass(ILogger logger, string table);
}
