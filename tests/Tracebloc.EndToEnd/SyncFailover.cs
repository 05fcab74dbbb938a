namespace Tracebloc.EndToEnd;

/// <summary>The pod that leads is deleted in the middle of changes.</summary>
internal sealed class SyncFailover(SyncDesk desk)
{
    private const int Runs = 12;

    private readonly StoryReporter _reporter = desk.Reporter;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(43, "The pod that leads is deleted in the middle of changes: the other goes on");
        var leader = await desk.LeaderAsync(cancellationToken);
        var runs = string.Join("\n---\n", Enumerable.Range(0, Runs).Select(Run));
        var made = desk.ApplyAsync(runs, cancellationToken);
        await desk.Home.RunAsync(["delete", "pod", leader, "--wait=false"], cancellationToken);
        await made;
        await desk.Kubectl.RunAsync(
            ["label", "pipelineruns.michelangelo.api", "--all", "moved=yes"], cancellationToken);
        const string rows = "SELECT COUNT(*) FROM pipelinerun m JOIN pipelinerun_labels l ON l.obj_uid = m.uid "
            + "WHERE m.name LIKE 'burst-%' AND m.delete_time IS NULL AND l.`key` = 'moved'";
        _reporter.Equal(
            "no change is lost", $"{Runs}", await desk.Database.UntilAsync(rows, $"{Runs}", cancellationToken));
        var next = await desk.LeaderAsync(cancellationToken);
        _reporter.Claim("another pod leads", next.Length > 0 && next != leader, $"{next} after {leader}");
        _reporter.Equal(
            "its term is the second", "2",
            await desk.Database.AskAsync("SELECT term FROM sync_leader", cancellationToken));
        await desk.Home.RunAsync(
            ["rollout", "status", "deployment.apps/metadata-sync", "--timeout=25s"], cancellationToken);
        var status = await desk.RunAsync($"{SyncDesk.Program}status", cancellationToken);
        _reporter.Claim("status finds no difference", status.ExitCode == 0, $"{status}");
    }

    private static string Run(int number) =>
        $"apiVersion: michelangelo.api/v2\nkind: PipelineRun\nmetadata: {{name: burst-{number}}}\nspec: {{}}";
}
