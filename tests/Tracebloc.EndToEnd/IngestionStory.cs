using System.Diagnostics;

namespace Tracebloc.EndToEnd;

/// <summary>Data sets come in by the charts alone, through whatever dies on the way.</summary>
internal sealed class IngestionStory(World world, Release epsilon)
{
    // As the report of a tick cuts it.
    private const int ShownDigest = 19;

    private readonly StoryReporter _reporter = epsilon.Reporter;
    private readonly Datasets _data = new(world.VolumeOf(epsilon));
    private readonly DatabasePod _database = new(epsilon.Kubectl);
    private readonly Submissions _submissions = new(epsilon, world.Around.IngestorChart, epsilon.Folder);
    private readonly BackendHold _hold = new(epsilon.Backend);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(17, "jobs-manager and requests-proxy serve");
        await epsilon.TestAsync(cancellationToken);
        await InstallAsync(cancellationToken);
        await AgainAsync(cancellationToken);
        await RefuseAsync(cancellationToken);
        await KillPodAsync(cancellationToken);
        await KillServerAsync(cancellationToken);
        await LegacyAsync(cancellationToken);
        await RefreshAsync(cancellationToken);
    }

    private async Task InstallAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(18, "Three data sets come in by helm install");
        var held = _hold.Next("/global_meta/e2e_houses/");
        var houses = await _submissions.InstallAsync(
            "houses", _data.Rows("e2e_houses", Datasets.Houses), cancellationToken);
        await _submissions.PodAsync(houses, "Running", cancellationToken);
        held.Release();
        var took = Stopwatch.GetElapsedTime(houses.Since);
        _reporter.Say($"from helm install to a running pod: {took.TotalSeconds:0.0} s");
        var leaves = await _submissions.InstallAsync("leaves", _data.Leaves("e2e_leaves"), cancellationToken);
        var tokens = await _submissions.InstallAsync("tokens", _data.Tokens("e2e_tokens"), cancellationToken);
        foreach (var run in (RunJob[])[houses, leaves, tokens])
        {
            _reporter.Claim($"{run.Name} succeeds", await _submissions.EndedAsync(run, cancellationToken), run.Key);
            _reporter.Equal("its end is recorded", "succeeded", await StateAsync(run.Key, cancellationToken));
        }

        await RowsAsync(cancellationToken);
        Outgoing();
    }

    private async Task RowsAsync(CancellationToken cancellationToken)
    {
        foreach (var (table, rows) in ((string, int)[])
            [("e2e_houses", Datasets.Houses), ("e2e_leaves", Datasets.Images), ("e2e_tokens", Datasets.Notes)])
            _reporter.Equal(
                $"{table} has each row once", $"{rows}\t{rows}", await _database.CountAsync(table, cancellationToken));
        _reporter.Equal(
            "types are true: leading zeros, NULL, decimals, dates, booleans",
            "00007\tNULL\t3.5\t7.10\t1991-01-08\t0\n00008\t8\t4\t8.10\t1991-01-09\t1",
            await _database.AskAsync(
                "SELECT code, rooms, area, tax, sold, garden FROM training_test_datasets.e2e_houses "
                + "WHERE street IN ('canary-7', 'canary-8') ORDER BY id",
                cancellationToken));
        _reporter.Equal("the images are in their folder", Datasets.Images, _data.Placed("e2e_leaves"));
        _reporter.Equal("and the texts", Datasets.Notes, _data.Placed("e2e_tokens"));
        _reporter.Equal(
            "the run table has their ends", "3",
            await _database.AskAsync(
                "SELECT COUNT(*) FROM metadata.ingestion_runs "
                + "WHERE state = 'succeeded' AND summary LIKE '%\"registered\":true%'",
                cancellationToken));
    }

    private void Outgoing()
    {
        var backend = epsilon.Backend;
        _reporter.Equal(
            "the backend has an id for each row", Datasets.Houses + Datasets.Images + Datasets.Notes,
            backend.Labels.Count);
        _reporter.Equal("and three data sets", 3, backend.Datasets.Count);
        _reporter.Equal(
            "no value of a feature and no text has left", 0,
            backend.Requests.Count(
                request => Datasets.Features.IsMatch($"{request.Path}{request.Query} {request.Body}")));
    }

    private async Task AgainAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(19, "An upgrade that changes nothing submits nothing; a changed file is a new run");
        var same = _data.Rows("e2e_again", 50);
        var first = await _submissions.InstallAsync("again", same, cancellationToken);
        _reporter.Claim("the run succeeds", await _submissions.EndedAsync(first, cancellationToken), first.Key);
        var unchanged = await _submissions.UpgradeAsync("again", same, cancellationToken);
        _reporter.Equal("the same file: no Job", 0, unchanged.Count);
        var changed = await _submissions.UpgradeAsync(
            "again", same.Replace("intent: train", "intent: test", StringComparison.Ordinal), cancellationToken);
        _reporter.Equal("another file: one Job", 1, changed.Count);
        await _submissions.UninstallAsync("again", cancellationToken);
        var anew = await _submissions.InstallAsync("again", same, cancellationToken);
        _reporter.Claim("uninstalled and installed: a new run", anew.Key != first.Key, anew.Key);
    }

    private async Task RefuseAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(20, "Wrong files, taken keys and strangers are refused, and helm reports why");
        var good = _data.Rows("e2e_keyed", 50);
        var keyed = await _submissions.InstallAsync("keyed", good, cancellationToken, "--set=submit.key=e2e-key");
        await _submissions.EndedAsync(keyed, cancellationToken);
        Refused(
            "the same key with other content", "rejected the run (409)",
            await _submissions.RefusedAsync(
                "taken", good.Replace("VARCHAR(80)", "VARCHAR(70)", StringComparison.Ordinal), cancellationToken,
                "--set=submit.key=e2e-key"));
        Refused(
            "a key that ingest.v1 does not have", "lable",
            await _submissions.RefusedAsync(
                "typo", good.Replace("label:", "lable:", StringComparison.Ordinal), cancellationToken));
        await epsilon.Kubectl.RunAsync(["create", "serviceaccount", "stranger"], cancellationToken);
        Refused(
            "an account without the prefix", "other_",
            await _submissions.RefusedAsync(
                "strange", _data.Rows("e2e_strange", 50), cancellationToken,
                "--set=submit.serviceAccountName=stranger"));
    }

    private async Task KillPodAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(21, "A pod that is killed half-way: no row is there twice");
        var held = _hold.Next("/global_meta/e2e_killed/");
        var run = await _submissions.InstallAsync("killed", _data.Rows("e2e_killed", 20_000), cancellationToken);
        await held.Reached.WaitAsync(TimeSpan.FromMinutes(3), cancellationToken);
        var pod = await _submissions.PodAsync(run, "Running", cancellationToken);
        await epsilon.Kubectl.RunAsync(["delete", "pod", pod, "--grace-period=0", "--force"], cancellationToken);
        held.Release();
        _reporter.Claim(
            "another pod completes the run", await _submissions.EndedAsync(run, cancellationToken), run.Key);
        _reporter.Equal(
            "each row is there once", "20000\t20000", await _database.CountAsync("e2e_killed", cancellationToken));
    }

    private async Task KillServerAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(22, "jobs-manager is killed half-way: the run completes, and its end is recorded");
        var held = _hold.Next("/global_meta/e2e_restarted/");
        var run = await _submissions.InstallAsync("restarted", _data.Rows("e2e_restarted", 20_000), cancellationToken);
        await held.Reached.WaitAsync(TimeSpan.FromMinutes(3), cancellationToken);
        await epsilon.Kubectl.RunAsync(
            ["delete", "pod", "--selector=app=manager", "--grace-period=0", "--force"], cancellationToken);
        held.Release();
        _reporter.Claim("the run succeeds", await _submissions.EndedAsync(run, cancellationToken), run.Key);
        await epsilon.Kubectl.RunAsync(
            ["rollout", "status", $"deployment/{epsilon.Name}-jobs-manager", "--timeout=25s"], cancellationToken);
        _reporter.Equal("its end is in the run table", "succeeded", await StateAsync(run.Key, cancellationToken));
    }

    // jobs-manager looks at every open run when it starts, which may be a moment after it is ready.
    private async Task<string> StateAsync(string key, CancellationToken cancellationToken)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(1), TimeProvider.System);
        for (var left = 60; ; left--)
        {
            var state = await _database.AskAsync(
                $"SELECT state FROM metadata.ingestion_runs WHERE run_key = '{key}'", cancellationToken);
            if (state == "succeeded" || left == 0) return state;
            await ticks.WaitForNextTickAsync(cancellationToken);
        }
    }

    private async Task LegacyAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(23, "An image of the old kind still loads its table, with the credentials of the Secret");
        await epsilon.Kubectl.RunAsync(
            ["apply", "--filename=-"], cancellationToken,
            Manifest.Read(
                "legacy-job",
                ("RELEASE", epsilon.Name), ("CENTRAL", epsilon.Backend.Address.Authority)));
        var ended = await _submissions.EndedAsync(new RunJob("legacy-ingestor", "", ""), cancellationToken);
        _reporter.Claim("its Job succeeds", ended, "it failed");
        _reporter.Equal(
            "its row is there", "1", await _database.AskAsync(
                "SELECT COUNT(*) FROM training_test_datasets.e2e_legacy", cancellationToken));
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(24, "A pushed ingestor image is picked up, and the next run uses it");
        var pushed = await world.Around.PushIngestorForOnePlatformAsync(cancellationToken);
        await epsilon.Refreshes.NextAsync(pushed[..ShownDigest], cancellationToken);
        var manager = await epsilon.WorkloadAsync("jobs-manager", cancellationToken);
        _reporter.Equal(
            "image refresh wrote its digest", pushed, manager.Variable("api", "INGESTOR_IMAGE_DIGEST"));
        await epsilon.Kubectl.RunAsync(
            ["rollout", "status", $"deployment/{epsilon.Name}-jobs-manager", "--timeout=25s"], cancellationToken);
        var run = await _submissions.InstallAsync("newer", _data.Rows("e2e_newer", 50), cancellationToken);
        _reporter.Claim("the next run uses it", run.Image.EndsWith(pushed, StringComparison.Ordinal), run.Image);
        _reporter.Claim("and succeeds", await _submissions.EndedAsync(run, cancellationToken), run.Key);
    }

    private void Refused(string what, string reason, string answer) =>
        _reporter.Claim($"{what}: refused", answer.Contains(reason, StringComparison.Ordinal), answer);
}
