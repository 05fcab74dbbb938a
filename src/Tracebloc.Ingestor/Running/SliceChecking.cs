using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Validation;
using Tracebloc.Ingestor.Progress;
using Tracebloc.Ingestor.Settings;
using Tracebloc.Ingestor.Sharding;
using Tracebloc.Ingestor.Volume;

namespace Tracebloc.Ingestor.Running;

/// <summary>Validates slices of a run's rows, one after the other: those that no other pod validates.</summary>
internal sealed partial class SliceChecking(
    RunSetup setup, ShardSettings shards, DatabaseServer server, DatabaseSession session, RunScratch scratch)
{
    private readonly SliceClaims _claims = new(server, session, setup.Retry, setup.Table);

    /// <summary>Validates a slice.</summary>
    /// <returns>False where each is validated already, or is another pod's.</returns>
    public async Task<bool> TryCheckAsync(RunSlices slices, CancellationToken token)
    {
        foreach (var slice in slices.OpenTo(shards.Index ?? 0, shards.Count))
        {
            await using var claim = await _claims.TryClaimAsync(slice, slices.Owner, token);
            if (claim is null || !await claim.IsOpenAsync(token)) continue;
            try
            {
                LogSlice(setup.Logger, slice.Number + 1, slices.Slices.Count);
                await CheckAsync(claim, claim.Token);
            }
            catch (OperationCanceledException) when (!token.IsCancellationRequested)
            {
                LogLost(setup.Logger, slice.Number + 1);
            }

            return true;
        }

        return false;
    }

    private async Task CheckAsync(SliceClaim claim, CancellationToken token)
    {
        try
        {
            if (setup.HasFiles)
            {
                var findings = await LookAsync(claim.Slice.Slice, token);
                await claim.DoneAsync(new(0, 0, 0, IsWhole: true, []), findings, [], token);
                return;
            }

            using var found = await ValidateAsync(claim.Slice.Slice, token);
            await claim.DoneAsync(found.Found, found.State, found.Keys, token);
        }
        catch (Exception failure) when (PartLoading.IsOfTheData(failure))
        {
            // Pod 0 ends the run.
            await claim.FailedAsync(failure.Message, token);
            LogFailed(setup.Logger, claim.Slice.Number + 1, failure.Message);
        }
    }

    private Task<byte[]> LookAsync(SourceSlice share, CancellationToken token) => FilesValidation
        .Of(setup.Specification, setup.Data())
        .LookAsync(SharedFiles.ShareOf(share), token);

    private async Task<ValidatedSlice> ValidateAsync(SourceSlice slice, CancellationToken token)
    {
        scratch.Make();
        var specification = setup.Specification;
        var source = new SourceFile(setup.Data().Source, Path.GetFileName(specification.Source));
        var bytes = Math.Min(slice.To, new FileInfo(source.Path).Length) - slice.From;
        using var progress = new ProgressLog(new("Validating", "rows", bytes), setup.Logger, setup.Time);
        return await new SliceValidation(specification, source, scratch.Folder, setup.Time).RunAsync(
            slice, new Reported<ValidationProgress>(at => progress.Report(at.Rows, at.Bytes)), token);
    }

    [LoggerMessage(674, LogLevel.Information, "Validating slice {Slice} of {Slices}")]
    private static partial void LogSlice(ILogger logger, int slice, int slices);

    [LoggerMessage(675, LogLevel.Warning, "The lock of slice {Slice} was lost: any pod validates it")]
    private static partial void LogLost(ILogger logger, int slice);

    [LoggerMessage(676, LogLevel.Error, "Slice {Slice} cannot be validated, and the run fails: {Reason}")]
    private static partial void LogFailed(ILogger logger, int slice, string reason);
}
