using Tracebloc.Cli.Terminal;
using Tracebloc.Ingestion.Submitting;

namespace Tracebloc.Cli.Runs;

/// <summary>Follows the deletion of a data set until nothing of it is left.</summary>
internal sealed class DatasetDeletionWatch(ReleaseRuns runs, Screen screen)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2), Longest = TimeSpan.FromMinutes(30);

    /// <returns>Null once it is gone; the fault and the remedy where it stays.</returns>
    /// <exception cref="SubmittingException">jobs-manager rejects the call, or is away.</exception>
    /// <exception cref="Interruption">The caller cancelled.</exception>
    public async Task<string?> UntilGoneAsync(DatasetDeletion deletion, CancellationToken token)
    {
        try
        {
            return await WaitAsync(deletion, token);
        }
        catch (OperationCanceledException e) when (token.IsCancellationRequested)
        {
            throw new Interruption(
                $"The deletion of {deletion.Table} goes on by itself; see it: tracebloc dataset list", e);
        }
    }

    private async Task<string?> WaitAsync(DatasetDeletion deletion, CancellationToken token)
    {
        using var progress = screen.Progress();
        var start = screen.Time.GetTimestamp();
        while (true)
        {
            var dataset = await runs.Client.DatasetAsync(deletion.Table, token);
            var elapsed = screen.Time.GetElapsedTime(start);
            var remedy = $"kubectl logs -n {deletion.Namespace} job/{deletion.JobName} has more";
            // One that is there without a fault was loaded anew since.
            if (dataset is not { State: DatasetReport.Deleting })
                return dataset?.Error is { Length: > 0 } error
                    ? $"Data set {deletion.Table} could not be deleted: {error}; {remedy}"
                    : null;
            if (elapsed >= Longest)
                return $"Data set {deletion.Table} is still being deleted after {Longest.TotalMinutes:0} min; {remedy}";
            var reason = dataset.Error is { Length: > 0 } waiting ? $": {waiting}" : "";
            progress.Show(() => $"Deleting {deletion.Table}: {elapsed.TotalSeconds:0} s{reason}");
            await Task.Delay(Pause, screen.Time, token);
        }
    }
}
