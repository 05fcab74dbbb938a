using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Tracebloc.EndToEnd;

/// <summary>Submits data sets as a data scientist does: one helm release of the ingestor chart for each.</summary>
internal sealed class Submissions(Release client, string chart, string folder)
{
    private const string RunLabel = "tracebloc.io/ingestion-run";

    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(5);

    /// <summary>Installs a release, and finds the Job of its run.</summary>
    public async Task<RunJob> InstallAsync(
        string release, string specification, CancellationToken cancellationToken, params string[] options)
    {
        var before = await JobsAsync(cancellationToken);
        var since = Stopwatch.GetTimestamp();
        await HelmAsync("install", release, specification, options, cancellationToken);
        var job = (await JobsAsync(cancellationToken)).ExceptBy(before.Select(one => one.Name), one => one.Name)
            .SingleOrDefault() ?? throw new InvalidOperationException($"helm install {release} has made no Job.");
        return job with { Since = since };
    }

    /// <summary>Upgrades a release.</summary>
    /// <returns>The Jobs that this has made.</returns>
    public async Task<IReadOnlyList<RunJob>> UpgradeAsync(
        string release, string specification, CancellationToken cancellationToken)
    {
        var before = await JobsAsync(cancellationToken);
        await HelmAsync("upgrade", release, specification, [], cancellationToken);
        return [.. (await JobsAsync(cancellationToken)).ExceptBy(before.Select(one => one.Name), one => one.Name)];
    }

    /// <summary>Installs a release that must be refused.</summary>
    /// <returns>What helm printed.</returns>
    public async Task<string> RefusedAsync(
        string release, string specification, CancellationToken cancellationToken, params string[] options)
    {
        try
        {
            await HelmAsync("install", release, specification, options, cancellationToken);
            return "it was installed";
        }
        catch (InvalidOperationException refused)
        {
            return refused.Message;
        }
    }

    public Task UninstallAsync(string release, CancellationToken cancellationToken) =>
        client.Helm.RunAsync(cancellationToken, "uninstall", release, "--wait", "--timeout=1m");

    /// <summary>Waits for the end of a run.</summary>
    /// <returns>True where it succeeded.</returns>
    public async Task<bool> EndedAsync(RunJob job, CancellationToken cancellationToken)
    {
        var ended = await client.Kubectl.UntilAsync(
            Kind.Jobs,
            all => all.Where(one => NameOf(one) == job.Name).Select(Condition).FirstOrDefault(one => one is not null),
            new Limit($"the end of {job.Name}", RunLimit),
            cancellationToken);
        return ended == "Complete";
    }

    /// <summary>Waits for a pod of a run to be in a phase.</summary>
    public async Task<string> PodAsync(RunJob job, string phase, CancellationToken cancellationToken) =>
        NameOf(await client.Kubectl.UntilAsync(
            Kind.Pods,
            all => all.FirstOrDefault(pod => (string?)pod["metadata"]?["labels"]?["job-name"] == job.Name
                && (string?)pod["status"]?["phase"] == phase && pod["metadata"]?["deletionTimestamp"] is null),
            new Limit($"a pod of {job.Name} that is {phase}", RunLimit),
            cancellationToken));

    private async Task HelmAsync(
        string verb, string release, string specification, string[] options, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, $"{release}.yaml");
        await File.WriteAllTextAsync(file, specification, cancellationToken);
        client.Reporter.Say(
            $"$ helm {verb} {release} tracebloc/ingestor --values ingest.yaml {string.Join(' ', options)}");
        await client.Helm.RunAsync(
            cancellationToken,
            [
                verb, release, chart, "--values", file, "--timeout=3m", "--set=submit.image.tag=e2e",
                $"--set=submit.pullSecrets[0]={client.Name}-regcred", .. options,
            ]);
    }

    // A run that has failed has a second Job, which takes back what it wrote.
    private async Task<IReadOnlyList<RunJob>> JobsAsync(CancellationToken cancellationToken) =>
    [
        .. (await client.Kubectl.ListAsync(Kind.Jobs, cancellationToken))
            .Where(job => NameOf(job).StartsWith("ingest-job-", StringComparison.Ordinal))
            .Select(job => new RunJob(
                NameOf(job),
                (string?)job["metadata"]?["labels"]?[RunLabel] ?? "",
                (string?)job["spec"]?["template"]?["spec"]?["containers"]?[0]?["image"] ?? "")),
    ];

    private static string NameOf(JsonNode one) => (string?)one["metadata"]?["name"] ?? "";

    private static string? Condition(JsonNode job) => (job["status"]?["conditions"]?.AsArray() ?? [])
        .Where(condition => (string?)condition?["status"] == "True")
        .Select(condition => (string?)condition?["type"])
        .FirstOrDefault(type => type is "Complete" or "Failed");
}

/// <summary>The Job of a run.</summary>
internal sealed record RunJob(string Name, string Key, string Image)
{
    /// <summary>The moment before its helm install.</summary>
    public long Since { get; init; }
}
