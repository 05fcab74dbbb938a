namespace Tracebloc.EndToEnd;

/// <summary>The commands by which the page looks at a mirror that runs.</summary>
internal sealed class SyncMonitoring(SyncDesk desk)
{
    private readonly StoryReporter _reporter = desk.Reporter;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(44, "The commands of the page look at the mirror");
        var ready = await desk.RunAsync("kubectl get --raw", cancellationToken);
        _reporter.Equal("the pods reach MySQL", "ready", ready.Output.Trim());
        var count = await desk.RunAsync("# Check Model count", cancellationToken);
        _reporter.Equal("the count of live models", "1", count.Output.Split('\n')[0]);
        _reporter.Claim(
            "the last updates, newest first",
            count.Output.Split('\n').Skip(1).Where(row => row.Length > 0).Select(row => row.Split('\t')[2]).ToArray()
                is { Length: > 1 } times && times.SequenceEqual(times.OrderDescending(StringComparer.Ordinal)),
            count.Output);
        var errors = await desk.RunAsync($"{SyncDesk.Logs}-i \"tried", cancellationToken);
        _reporter.Equal("nothing had to be tried again", "", errors.Output);
        var plan = await desk.RunAsync($"{SyncDesk.Program}migrate --plan", cancellationToken);
        _reporter.Equal("there is nothing to migrate", "-- nothing to do\n", plan.Output);
        var verified = await desk.RunAsync($"{SyncDesk.Program}verify", cancellationToken);
        _reporter.Claim("verify finds no difference", verified.ExitCode == 0, $"{verified}");
    }
}
