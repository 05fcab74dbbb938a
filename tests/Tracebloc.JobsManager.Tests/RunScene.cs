using System.Text.Json.Nodes;
using Tracebloc.Configuration;
using Tracebloc.JobsManager.Following;
using Tracebloc.JobsManager.Jobs;
using Tracebloc.JobsManager.Runs;
using Tracebloc.JobsManager.Tests.Runs;
using Tracebloc.Kubernetes;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.JobsManager.Tests;

/// <summary>The run table and the API server, both fakes, and what looks after runs between them.</summary>
internal sealed class RunScene : IAsyncDisposable
{
    private readonly List<KubernetesClient> _clients = [];
    private string _kubeconfig = "";
    private int _minted;

    public ManualTimeProvider Time { get; } = new(Some.Time);

    public RecordingLogger Log { get; } = new();

    public FakeKubernetesApi Api { get; private set; } = null!; // StartAsync sets it.

    public FakeRunTable Table { get; private set; } = null!; // StartAsync sets it.

    public RunStore Store => Table.Store;

    public RunObjects Objects { get; private set; } = null!; // StartAsync sets it.

    public RunLimits Limits { get; set; } = new(200, TimeSpan.FromDays(30));

    public async Task StartAsync(CancellationToken token)
    {
        Api = await FakeKubernetesApi.StartAsync(new FakeKubernetesApiOptions { Time = Time }, token);
        Table = await FakeRunTable.StartAsync(token);
        _kubeconfig = Path.Combine(Path.GetTempPath(), $"kubeconfig-{Guid.NewGuid():n}");
        await File.WriteAllTextAsync(_kubeconfig, Api.Kubeconfig, token);
        Objects = NewObjects(Client());
    }

    /// <summary>A new process: it knows nothing of what another one did.</summary>
    public RunFollower NewFollower()
    {
        var client = Client();
        var (objects, lookout) = (NewObjects(client), new RunLookout(client, "tracebloc"));
        var announcer = new RunAnnouncer(
            new EventApi(client, "tracebloc", RunNames.Manager), "jobs-manager-0", Time, Log);
        return new RunFollower(
            Store,
            new RunCare(Store, objects, lookout, announcer, Time, Log),
            new RunPurge(Store, objects, Limits, Time, Log),
            lookout, Time, Log);
    }

    /// <summary>The image of the installation.</summary>
    public RunImage? Image { get; init; }

    /// <summary>The same for deletions.</summary>
    public DeletionFollower NewDeletionFollower() => new(
        Store, new DeletionJobs(Client(), Some.Pods) { Image = Image }, Time, Log);

    public async Task<IngestionRun> AddAsync(IngestionRun run, CancellationToken token)
    {
        Assert.True(await Store.TryAddAsync(run, token));
        return run;
    }

    /// <summary>The row as a test reads it: a cut that is to come is for the program.</summary>
    public async Task<IngestionRun> RowAsync(IngestionRun run, CancellationToken token) =>
        await Table.UncutAsync(() => Store.FindAsync(run.Key, token))
        ?? throw new InvalidOperationException($"Run {run.Key} has no row.");

    /// <summary>One resync of a new process, and the row after it.</summary>
    public async Task<IngestionRun> ResyncAsync(IngestionRun run, CancellationToken token)
    {
        using var follower = NewFollower();
        await follower.ResyncAsync(token);
        return await RowAsync(run, token);
    }

    /// <summary>The pods of a Job, by their names.</summary>
    public IReadOnlyList<string> Pods(string? job = null) => [.. Api.List("pods")
        .Where(pod => job is null || (string?)pod["metadata"]?["labels"]?["job-name"] == job)
        .Select(pod => (string?)pod["metadata"]?["name"] ?? "")];

    /// <summary>The last pod ends.</summary>
    public void EndPod(int exitCode, string? message = null, string? reason = null, string? job = null) =>
        Api.EndPod(Pods(job)[^1], exitCode, message, reason);

    /// <summary>The container of the last pod waits.</summary>
    public void HoldPod(string reason, string message, string? job = null) => Api.Edit(
        $"pod/{Pods(job)[^1]}",
        pod => pod["status"] = JsonNode.Parse(
            $$$"""
            {"phase": "Pending", "containerStatuses": [
              {"name": "ingestor", "state": {"waiting": {"reason": "{{{reason}}}", "message": "{{{message}}}" } } } ]}
            """));

    /// <summary>The deadline of a Job has passed: its controller deletes the pods, and says so.</summary>
    public void ExceedDeadline(string job)
    {
        foreach (var pod in Pods(job)) Api.Delete($"pod/{pod}");
        Api.Edit(
            $"job/{job}",
            each => each["status"]!["conditions"] = JsonNode.Parse(
                """[{"type": "Failed", "status": "True", "reason": "DeadlineExceeded"}]"""));
    }

    /// <summary>The last pod, which has started, stays when its Job goes, as until its containers end.</summary>
    public void OutlivePod(string? job = null) => Api.Edit(
        $"pod/{Pods(job)[^1]}",
        pod =>
        {
            pod["metadata"]!.AsObject().Remove("ownerReferences");
            pod["status"]!["phase"] = "Running";
        });

    public string? UidOf(string reference) => (string?)Api.Get(reference)["metadata"]?["uid"];

    public string? OwnerOf(string reference) =>
        (string?)Api.Get(reference)["metadata"]?["ownerReferences"]?[0]?["uid"];

    /// <summary>The reasons of all Events.</summary>
    public IReadOnlyList<string> News => [.. Api.List("events").Select(each => (string?)each["reason"] ?? "")];

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        File.Delete(_kubeconfig);
        await Table.DisposeAsync();
        await Api.DisposeAsync();
    }

    private KubernetesClient Client()
    {
        // The clock of requests is the real one: the fake answers in it.
        var client = new KubernetesClient(
            ClusterConnection.Find(_kubeconfig, null, _ => null), TimeProvider.System,
            new KubernetesClientOptions { MaxRetries = 0 });
        _clients.Add(client);
        return client;
    }

    private RunObjects NewObjects(KubernetesClient client) =>
        new(client, Some.Pods, _ => new Secret($"token {Interlocked.Increment(ref _minted)}")) { Image = Image };
}
