using System.Text.Json.Nodes;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.EndToEnd;

/// <summary>The runs of a CronJob by its own schedule. It is never started by hand, only suspended.</summary>
internal sealed class Ticks(Kubectl kubectl, string cronJob, StoryReporter reporter, string folder)
{
    // A minute until it is due, and what the longest tick of the stories may take.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private const int Few = 5;

    private readonly HashSet<string> _seen = [];

    /// <summary>Does something between two ticks, so that it is one event to the worker.</summary>
    public async Task BetweenAsync(Func<Task> act, CancellationToken cancellationToken)
    {
        await SuspendAsync(true, cancellationToken);
        await ForgetAsync(cancellationToken);
        await act();
        await SuspendAsync(false, cancellationToken);
    }

    /// <summary>Passes over the ticks so far, once they are over.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var past = await kubectl.UntilAsync(
            Kind.Jobs,
            jobs => Own(jobs).All(Tick.IsOver) ? jobs : null,
            new Limit($"the end of {cronJob}'s running tick", Patience),
            cancellationToken);
        _seen.UnionWith(past.Select(Name));
    }

    /// <summary>The first tick that nobody has looked at yet, once it is over.</summary>
    public async Task<Tick> NextAsync(CancellationToken cancellationToken)
    {
        var job = await kubectl.UntilAsync(
            Kind.Jobs,
            jobs => Own(jobs).Where(job => !_seen.Contains(Name(job)) && Tick.IsOver(job)).MinBy(Name),
            new Limit($"a tick of {cronJob}", Patience),
            cancellationToken);
        _seen.Add(Name(job));
        var tick = await ReadAsync(job, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{tick.Job}.log"), tick.Log, cancellationToken);
        reporter.Say($"{tick.Job} ended with {tick.ExitCode?.ToString() ?? "no exit code"}\n{tick.Report}");
        return tick;
    }

    /// <summary>The first tick of the next few that says this; else the last of them.</summary>
    public async Task<Tick> NextAsync(string says, CancellationToken cancellationToken)
    {
        for (var left = Few; ; left--)
            if (await NextAsync(cancellationToken) is var tick && (left == 1 || tick.Report.Contains(says)))
                return tick;
    }

    private async Task<Tick> ReadAsync(JsonNode job, CancellationToken cancellationToken)
    {
        var pods = await kubectl.ListAsync(Kind.Pods, cancellationToken);
        var pod = pods.Single(pod => (string?)pod["metadata"]?["labels"]?["job-name"] == Name(job));
        var state = pod["status"]?["containerStatuses"]?[0]?["state"]?["terminated"];
        var log = await kubectl.LogAsync((string?)pod["metadata"]?["name"] ?? "", cancellationToken);
        return new Tick(Name(job), Tick.Verdict(job) == "Complete", (int?)state?["exitCode"], log);
    }

    private IEnumerable<JsonNode> Own(IEnumerable<JsonNode> jobs) =>
        jobs.Where(job => (string?)job["metadata"]?["ownerReferences"]?[0]?["name"] == cronJob);

    private Task SuspendAsync(bool suspend, CancellationToken cancellationToken) => kubectl.RunAsync(
        ["patch", "cronjob", cronJob, "--patch", $"spec: {{suspend: {(suspend ? "true" : "false")}}}"],
        cancellationToken);

    private static string Name(JsonNode job) => (string?)job["metadata"]?["name"] ?? "";
}
