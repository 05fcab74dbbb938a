using Tracebloc.Cli.Terminal;
using Tracebloc.Ingestion.Submitting;

namespace Tracebloc.Cli.Runs;

/// <summary>Follows the deletion of a data set until nothing of it is left.</summary>
internal sealed class DatasetDeletionWatch(ReleaseRuns runs, Screen screen)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2), Longest = TimeSpan.FromMinutes(30);

    /// <returns>Null once it is gone; the fault and the remedy where it stays.</returns>
    /// <exception cref="SubmittingException">jobs-manager rejects the call, or is away.</exception>
    public async Task<string?> UntilGoneAsync(DatasetDeletion deletion, CancellationToken token)
    {
        using var progress = screen.Progress();
        var start = screen.Time.GetTimestamp();
        while (true)
        {
            if (await runs.Client.DatasetAsync(deletion.Table, token) is not { } dataset) return null;
            var elapsed = screen.Time.GetElapsedTime(start);
            var remedy = $"kubectl logs -n {deletion.Namespace} job/{deletion.JobName} has more";
            if (dataset.Error is { Length: > 0 } error)
                return $"Data set {deletion.Table} could not be deleted: {error}; {remedy}";
            if (elapsed >= Longest)
                return $"Data set {deletion.Table} is still being deleted after {Longest.TotalMinutes:0} min; {remedy}";
            progress.Show(() => $"Deleting {deletion.Table}: {elapsed.TotalSeconds:0} s");
            await Task.Delay(Pause, screen.Time, token);
        }
    }
}
