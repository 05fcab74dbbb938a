using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestor.Loading;
using Tracebloc.Ingestor.Progress;
using Tracebloc.Ingestor.Settings;
using Tracebloc.Ingestor.Sharding;
using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Running;

/// <summary>Loads parts of a run's rows, one after the other: those that no other pod loads.</summary>
internal sealed partial class PartLoading(
    RunSetup setup, ShardSettings shards, DatabaseServer server, DatabaseSession session)
{
    private readonly PartClaims _claims = new(server, session, setup.Retry);

    /// <summary>The rows that this pod has loaded.</summary>
    public long Rows { get; private set; }

    /// <summary>Loads a part.</summary>
    /// <returns>False where each is loaded already, or is another pod's.</returns>
    public async Task<bool> TryLoadAsync(RunRecord run, RunParts parts, CancellationToken token)
    {
        foreach (var part in parts.OpenTo(shards.Index ?? 0, shards.Count))
        {
            await using var claim = await _claims.TryClaimAsync(run, parts, part, token);
            if (claim is null) continue;
            try
            {
                if (!await LoadAsync(claim, run, parts, claim.Token)) continue;
            }
            catch (Exception lost) when (
                lost is FenceException || (lost is OperationCanceledException && !token.IsCancellationRequested))
            {
                LogLost(setup.Logger, part.Part.Number + 1);
            }

            return true;
        }

        return false;
    }

    /// <returns>False where the part cannot be taken over yet.</returns>
    private async Task<bool> LoadAsync(
        PartClaim claim, RunRecord run, RunParts parts, CancellationToken token)
    {
        if (await TakeAsync(claim, token) is not { } source) return false;
        try
        {
            LogPart(setup.Logger, claim.Part.Number + 1, parts.Parts.Count, claim.Part.Rows);
            await LoadAsync(claim, run, parts.Salt, source, token);
            await claim.LoadedAsync(token);
            Rows += claim.Part.Rows;
        }
        catch (Exception failure) when (IsOfTheData(failure))
        {
            // The pod that owns the table takes the run back.
            await claim.FailedAsync(failure.Message, token);
            LogFailed(setup.Logger, claim.Part.Number + 1, failure.Message);
        }

        return true;
    }

    private async Task<PartSource?> TakeAsync(PartClaim claim, CancellationToken token)
    {
        try
        {
            return await claim.TakeAsync(token);
        }
        catch (DatabaseException held) when (held.IsTransient)
        {
            // The pod that had it was lost with its node: the server ends its transaction in a while.
            LogHeld(setup.Logger, claim.Part.Number + 1, held.Message);
            return null;
        }
    }

    private async Task LoadAsync(
        PartClaim claim, RunRecord run, byte[] salt, PartSource source, CancellationToken token)
    {
        var specification = setup.Specification;
        var file = new SourceFile(setup.Data().Source, Path.GetFileName(specification.Source))
        {
            Expected = source.Mark,
            Range = claim.Part.Range,
        };
        await using var reader = await RecordSource.OpenAsync(file, specification, token);
        var bytes = claim.Part.Range.End - claim.Part.Range.Begin;
        using var progress = new ProgressLog(new("Loading", "rows", bytes), setup.Logger, setup.Time);
        var load = new RowLoad
        {
            Run = run,
            Fence = claim.Fence,
            Salt = salt,
            Dates = source.Dates,
            FirstId = run.FirstId + claim.Part.FirstRow,
            MostConnections = Math.Max(1, LoadJob.Connections / shards.Count),
            Progress = new Reported<LoadProgress>(at => progress.Report(at.Rows, at.BytesRead)),
        };
        var result = await new RowLoading(setup, server).LoadAsync(reader, load, token);
        if (result.Rows != claim.Part.Rows) throw setup.OtherRows(claim.Part.Rows, result.Rows);
    }

    // A lost connection is no fault of the data: another attempt may succeed.
    public static bool IsOfTheData(Exception failure) =>
        failure is IngestorException or ReadingException or IOException or UnauthorizedAccessException
            or DatabaseException { Failure: not DatabaseFailure.Connection };

    [LoggerMessage(660, LogLevel.Information, "Loading part {Part} of {Parts}: {Rows} rows")]
    private static partial void LogPart(ILogger logger, int part, int parts, long rows);

    [LoggerMessage(661, LogLevel.Warning, "Part {Part} was taken over: its rows of this pod are taken back")]
    private static partial void LogLost(ILogger logger, int part);

    [LoggerMessage(666, LogLevel.Warning, "Part {Part} cannot be taken over yet: {Reason}")]
    private static partial void LogHeld(ILogger logger, int part, string reason);

    [LoggerMessage(662, LogLevel.Error, "Part {Part} failed, and with it the run: {Reason}")]
    private static partial void LogFailed(ILogger logger, int part, string reason);
}
