namespace Tracebloc.EndToEnd;

/// <summary>Pushes that are interrupted, and pushes that meet.</summary>
internal sealed class PushFaults(Release zeta, Scientist scientist, StagingSigns staging)
{
    private const string Manager = "app=manager";

    // More than 8 MB: two streams.
    private const int Images = 300, ImageBytes = 40_000, Rows = 60_000;

    private readonly StoryReporter _reporter = zeta.Reporter;
    private readonly DatabasePod _database = new(zeta.Kubectl);
    private readonly BackendHold _hold = new(zeta.Backend);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await InterruptAsync(cancellationToken);
        await RollOverAsync(cancellationToken);
        await SameAsync(cancellationToken);
        await OtherAsync(cancellationToken);
        await CancelAsync(cancellationToken);
    }

    private async Task InterruptAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(30, "Ctrl-C in the middle of an upload, and then its pod is killed: pushing again resumes");
        var push = Leaves("e2e_resumed");
        await using (var stopped = await scientist.HoldAsync(cancellationToken, push))
        {
            await staging.RunningAsync(cancellationToken);
            await stopped.InterruptAsync();
            var end = await stopped.EndAsync();
            _reporter.Equal("Ctrl-C: exit code 130", 130, end.ExitCode);
            _reporter.Equal("its object has that end", "interrupted", end.Member("status"));
        }

        _reporter.Equal("no staging pod is left", "", await staging.LeftAsync(cancellationToken));
        var arrived = staging.Files("e2e_resumed").Count;
        _reporter.Claim("what has arrived stays", arrived > 0);
        await using (var killed = await scientist.HoldAsync(cancellationToken, push))
        {
            var pod = await staging.RunningAsync(cancellationToken);
            await zeta.Kubectl.RunAsync(["delete", "pod", pod, "--grace-period=0", "--force"], cancellationToken);
            killed.Release();
            var end = await killed.EndAsync();
            _reporter.Claim(
                "its pod is killed: exit code 7, and the message says to push again",
                end.ExitCode == 7 && end.Error.Contains(pod) && end.Error.Contains("push again"), $"{end}");
        }

        var done = await scientist.RunAsync(cancellationToken, push);
        _reporter.Claim("the next push succeeds", done.ExitCode == 0, $"{done}");
        _reporter.Claim(
            "it has sent what was missing alone",
            done.Staged.Sent > 0 && done.Staged.All - done.Staged.Sent >= ImageBytes,
            $"{done.Staged}");
        _reporter.Equal(
            "each row is there once", $"{Images}\t{Images}",
            await _database.CountAsync("e2e_resumed", cancellationToken));
    }

    private async Task RollOverAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(31, "jobs-manager rolls over during the submission, and is killed during the run");
        var held = _hold.Next("/global_meta/e2e_rolled/");
        await using var push = await scientist.HoldAsync(cancellationToken, Houses("e2e_rolled", "Ulm"));
        await zeta.Kubectl.RunAsync(["rollout", "restart", $"deployment/{zeta.Name}-jobs-manager"], cancellationToken);
        await UnreadyAsync(cancellationToken);
        push.Release();
        await held.Reached.WaitAsync(TimeSpan.FromMinutes(3), cancellationToken);
        await zeta.Kubectl.RunAsync(
            ["delete", "pod", $"--selector={Manager}", "--grace-period=0", "--force"], cancellationToken);
        held.Release();
        var end = await push.EndAsync();
        _reporter.Claim("the push succeeds", end.ExitCode == 0, $"{end}");
        _reporter.Claim("it says that it waited", end.Text.Contains("jobs-manager is not ready"), end.Text);
        _reporter.Equal(
            "each row is there once", $"{Rows}\t{Rows}", await _database.CountAsync("e2e_rolled", cancellationToken));
    }

    private async Task SameAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(32, "Two pushes of one table at the same time: the same data");
        var push = Leaves("e2e_twice");
        await using var first = await scientist.HoldAsync(cancellationToken, push);
        var second = await scientist.RunAsync(cancellationToken, push);
        _reporter.Claim(
            "the second ends with exit code 7, since the first is sending",
            second.ExitCode == 7 && second.Error.Contains("another"), $"{second}");
        first.Release();
        var end = await first.EndAsync();
        _reporter.Claim("the first succeeds", end.ExitCode == 0, $"{end}");
        _reporter.Equal(
            "each row is there once", $"{Images}\t{Images}",
            await _database.CountAsync("e2e_twice", cancellationToken));
    }

    private async Task OtherAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(33, "Two pushes of one table at the same time: other data");
        await using var ulm = await scientist.HoldAsync(cancellationToken, Houses("e2e_both", "Ulm"));
        await using var bern = await scientist.HoldAsync(cancellationToken, Houses("e2e_both", "Bern"));
        ulm.Release();
        bern.Release();
        var ends = await Task.WhenAll(ulm.EndAsync(), bern.EndAsync());
        var city = await _database.AskAsync(
            "SELECT COUNT(*), GROUP_CONCAT(DISTINCT city) FROM training_test_datasets.e2e_both", cancellationToken);
        foreach (var (name, end) in ((string, CommandEnd)[])[("Ulm", ends[0]), ("Bern", ends[1])])
            _reporter.Claim(
                $"{name}: exit code 0 where its rows are in the table, else 6 or 9 with the reason",
                city == $"{Rows}\t{name}" ? end.ExitCode == 0 : end is { ExitCode: 6 or 9, Error.Length: > 0 },
                $"{city}, {end}");
        _reporter.Equal("one of them succeeds", 1, ends.Count(end => end.ExitCode == 0));
    }

    private async Task CancelAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(34, "A detached run is cancelled, and the same data is pushed again");
        var push = Houses("e2e_detached", "Ulm");
        var held = _hold.Next("/global_meta/e2e_detached/");
        var detached = await scientist.RunAsync(cancellationToken, [.. push, "--detach"]);
        var key = detached.Member("run");
        _reporter.Claim(
            "--detach ends after the submission", detached.ExitCode == 0 && detached.Member("status") == "detached",
            $"{detached}");
        await held.Reached.WaitAsync(TimeSpan.FromMinutes(3), cancellationToken);
        var cancelled = await scientist.RunAsync(cancellationToken, "dataset", "cancel", key);
        _reporter.Claim("cancel succeeds", cancelled.ExitCode == 0, $"{cancelled}");
        var watched = await scientist.RunAsync(cancellationToken, "dataset", "watch", key);
        _reporter.Claim(
            "watch ends with exit code 9, and the message says cancelled",
            watched.ExitCode == 9 && watched.Error.Contains("cancelled"), $"{watched}");
        var again = await scientist.RunAsync(cancellationToken, push);
        // Released before, it might be registered just in time, and would then stay.
        held.Release();
        _reporter.Claim(
            "the same push again is a new run", again.ExitCode == 0 && again.Member("run") != key, $"{again}");
        _reporter.Equal(
            "each row is there once", $"{Rows}\t{Rows}",
            await _database.CountAsync("e2e_detached", cancellationToken));
    }

    // It has one pod, which goes before the next one comes.
    private Task UnreadyAsync(CancellationToken cancellationToken) => zeta.Kubectl.UntilAsync(
        Kind.Pods,
        all => all.Any(pod => (string?)pod["metadata"]?["labels"]?["app"] == "manager"
            && pod["metadata"]?["deletionTimestamp"] is null
            && (pod["status"]?["conditions"]?.AsArray() ?? []).Any(
                one => (string?)one?["type"] == "Ready" && (string?)one?["status"] == "True")) ? null : "",
        new Limit("no pod of jobs-manager is ready", TimeSpan.FromMinutes(1)),
        cancellationToken);

    private string[] Leaves(string table) =>
        Pushes.Images(scientist.Machine.Data.Images(table, Images, ImageBytes), table);

    private string[] Houses(string table, string city) =>
        Pushes.Rows(scientist.Machine.Data.Rows($"{table}-{city}", Rows, city), table);
}
