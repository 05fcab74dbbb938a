using Tracebloc.Cli.Staging;
using Tracebloc.Cli.Terminal;
using Tracebloc.Ingestion.Staging;
using Tracebloc.Ingestion.Validation;
using Tracebloc.Kubernetes;

namespace Tracebloc.Cli.Pushing;

/// <summary>Brings the files of a push onto the volume, through a pod that is gone on every way out.</summary>
internal sealed class PushStaging(PushTarget target, Screen screen)
{
    // The transfer takes fewer where more would not be worth their start.
    private const int MostStreams = 4;

    private readonly StageDeadlines _deadlines = new();

    /// <exception cref="CliException">The pod does not start, or has ended.</exception>
    /// <exception cref="StagingException">The transfer failed; what has arrived stays.</exception>
    public async Task<StagedJson> StageAsync(
        PreparedPush push, CompressionChoice compression, CancellationToken token)
    {
        using var progress = screen.Progress();
        await SweepAsync(token);
        var place = new StageTarget(target.Release, target.Account, push.Table, push.Folder);
        var notes = new StageNotes(
            reason => progress.Show(() => $"Waiting for the staging pod: {reason}"), screen.Warn);
        await using var pod = await StagePod.StartAsync(target.Session, place, _deadlines, notes, token);
        screen.Detail($"Staging pod {pod.Name} has started");
        var start = screen.Time.GetTimestamp();
        var options = new StagingOptions
        {
            Folder = push.Folder,
            Version = ProgramVersion.Text,
            Streams = MostStreams,
            Compression = compression,
        };
        var transfer = new StageTransfer(pod, options, _deadlines, screen.Time, Retrying);
        var result = await transfer.SendAsync(
            push.Source(), state => progress.Show(() => Describe(state)), token);
        var seconds = Math.Round(screen.Time.GetElapsedTime(start).TotalSeconds, 3);
        var staged = new StagedJson(result.Files, result.Bytes, result.SentBytes, seconds);
        await new StageSweep(pod, _deadlines, screen.Time).TryAsync(token);
        progress.Clear();
        screen.Line($"Staged: {staged.Describe(result.KeptFiles)}");
        return staged;

        void Retrying(string reason)
        {
            progress.Clear();
            screen.Note($"{reason}; going on where it ended");
        }
    }

    private static string Describe(StagingProgress state) =>
        $"Staging: {HumanSize.Of(state.Bytes)} of {HumanSize.Of(state.TotalBytes)}, "
        + $"{state.Files:N0} of {ValidationText.Counted(state.TotalFiles, "file")}";

    private async Task SweepAsync(CancellationToken token)
    {
        try
        {
            var orphans = new StageOrphans(target.Session, target.Release.Namespace, _deadlines);
            foreach (var orphan in await orphans.SweepAsync(token))
                screen.Note($"staging pod {orphan.Name} of an earlier push ({orphan.Phase}, "
                    + $"{orphan.Age.TotalMinutes:0} min old) "
                    + (orphan.IsRemoved ? "was removed" : "is removed by a push in an hour"));
        }
        catch (KubernetesException fault)
        {
            screen.Warn($"staging pods of earlier pushes were not looked for: {fault.Message}");
        }
    }
}
