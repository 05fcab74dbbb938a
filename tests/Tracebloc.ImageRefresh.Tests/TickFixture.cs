using System.Text.Json.Nodes;
using Tracebloc.ImageRefresh.Applying;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Notifications.Webhook;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Kubernetes;
using Tracebloc.Registry;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;
using Tracebloc.Testing.Registry;
using Manifests = Tracebloc.Testing.Kubernetes.Some;

namespace Tracebloc.ImageRefresh.Tests;

/// <summary>
/// A registry and an API server on loopback, with a settled <c>deployment/acme</c> of the containers <c>api</c> and
/// <c>web</c>, and a clock that stands still. Every tick has clients of its own, as every process has.
/// </summary>
internal sealed class TickFixture : IAsyncDisposable
{
    public const string Acme = "deployment/acme";
    public const string Variable = "INGESTOR_IMAGE_DIGEST";

    /// <summary>In real time, and only so that a test that would hang fails: nothing should take this long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>No test waits in manual time for a call's deadline: no wait that is passed must reach one.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromHours(3);

    private TickFixture(FakeKubernetesApi api, FakeRegistry registry, ManualTimeProvider time) =>
        (Api, Registry, Time) = (api, registry, time);

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public FakeKubernetesApi Api { get; }

    public FakeRegistry Registry { get; }

    public ManualTimeProvider Time { get; }

    public RecordingLogger Logger { get; } = new();

    public RefreshConfiguration Configuration { get; set; } = new();

    public static async Task<TickFixture> StartAsync(
        WorkloadBuilder? workload = null, FakeRegistryOptions? registry = null, FakeServerVersion? version = null)
    {
        var time = new ManualTimeProvider();
        var options = new FakeKubernetesApiOptions
        {
            Time = time,
            Version = version ?? FakeServerVersion.Old,
        };
        var api = await FakeKubernetesApi.StartAsync(options, Cancelled);
        var fixture = new TickFixture(api, await FakeRegistry.StartAsync(registry, Cancelled), time);
        api.Add(workload ?? Deployment());
        return fixture;
    }

    public static WorkloadBuilder Deployment(string name = "acme") => WithContainers(Manifests.Deployment(name));

    public static WorkloadBuilder WithContainers(WorkloadBuilder workload, string? variable = null) => workload
        .Container("api", "registry.example.com/manager:prod", variable is null ? [] : [(Variable, variable)])
        .Container("web", "registry.example.com/web:stable");

    public TrackedImage Restart(string name = "manager", string workload = Acme) => new()
    {
        Name = name,
        Image = ImageReference.Parse($"{Registry.Host}/tracebloc/{name}:prod"),
        Workload = Reference(workload),
        Action = new RefreshAction.Restart(),
    };

    public TrackedImage SetEnv(string name = "ingestor", string workload = Acme) =>
        Restart(name, workload) with { Action = new RefreshAction.SetEnv("api", Variable) };

    public TrackedImage SetImage(string name = "web", string workload = Acme) =>
        Restart(name, workload) with { Action = new RefreshAction.SetImage("web") };

    /// <summary>Has the container <c>api</c> pull the image, which is a rollout.</summary>
    public void RunInApi(ImageReference image) => Api.Edit(
        Acme, body => body["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = image.ToString());

    public void Track(params TrackedImage[] images) => Configuration = Configuration with { Images = images };

    /// <summary>Points the tag that an image of this name follows at an image of this content.</summary>
    public Digest Push(string name, string content) =>
        Digest.Parse(Registry.Push($"tracebloc/{name}", "prod", content));

    /// <summary>Tracks images that were seen first with content <c>1</c>, and forgets the requests of that.</summary>
    public async Task<Digest> SeenAsync(TrackedImage image)
    {
        await SeenAsync([image]);
        return Push(image.Name, "1");
    }

    public async Task SeenAsync(params TrackedImage[] images)
    {
        Track(images);
        foreach (var image in images)
            Push(image.Name, "1");
        var report = await TickAsync();
        Assert.All(report.Images, image => Assert.Equal(Outcome.Recorded, image.Outcome));
        Forget();
    }

    /// <summary>Forgets the requests so far, so that a test counts from here.</summary>
    public void Forget()
    {
        Api.ClearCalls();
        Registry.ClearRequests();
        Logger.Clear();
    }

    public async Task<TickResult> TickAsync(bool dryRun = false, CancellationToken? token = null)
    {
        using var kubernetes = Client();
        using var registry = new RegistryClient(new() { CallTimeout = CallTimeout }, Time);
        // No tick has the time of another: on a clock that stands still a second restart would look like the first.
        Time.Advance(TimeSpan.FromSeconds(1));
        var outbox = Configuration.Notifications.Webhook is null ? null : new OutboxWriter(Configuration.Images);
        var tick = new Tick(Configuration, new WorkloadApi(kubernetes, "tracebloc"), registry, Time, Logger, outbox);
        return await tick.RunAsync(dryRun, token ?? Cancelled).WaitAsync(Patience, TimeProvider.System, Cancelled);
    }

    public async Task<TickResult> StatusAsync()
    {
        using var kubernetes = Client();
        return await new StatusReader(Configuration, new WorkloadApi(kubernetes, "tracebloc"), Time, Logger)
            .ReadAsync(Cancelled);
    }

    public async Task<IReadOnlyList<QuarantineEntry>> ReleaseAsync(string name, string? digest = null)
    {
        using var kubernetes = Client();
        return await new QuarantineRelease(new WorkloadApi(kubernetes, "tracebloc"), Logger)
            .ReleaseAsync(Configuration.Images.Single(image => image.Name == name), digest, Cancelled);
    }

    /// <summary>The first call to the API server, past or yet to come, that meets the condition.</summary>
    public Task<FakeCall> WaitForAsync(Func<FakeCall, bool> condition) =>
        Api.WaitForCallAsync(condition, Cancelled).WaitAsync(Patience, TimeProvider.System, Cancelled);

    /// <summary>A tick during which every wait of up to <paramref name="longest"/> (5 s) passes at once.</summary>
    public async Task<TickResult> TickThroughWaitsAsync(TimeSpan? longest = null)
    {
        var tick = TickAsync();
        await PassWaitsUntilAsync(tick, longest);
        return await tick;
    }

    /// <summary>The exit codes of so many ticks, a quarter of an hour apart.</summary>
    public async Task<IReadOnlyList<int>> ExitCodesAsync(int ticks)
    {
        var codes = new List<int>();
        for (var tick = 0; tick < ticks; tick++)
        {
            Time.Advance(TimeSpan.FromMinutes(15));
            codes.Add((await TickThroughWaitsAsync()).ExitCode);
        }
        return codes;
    }

    public async Task PassWaitsUntilAsync(Task end, TimeSpan? longest = null)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        while (!end.IsCompleted)
        {
            var wait = Time.WaitForTimerAsync(due => due <= (longest ?? TimeSpan.FromSeconds(5)), stop.Token);
            if (await Task.WhenAny(end, wait) == wait)
                Time.Advance(await wait);
        }
        await stop.CancelAsync();
    }

    public RefreshRecord Record(string name, string workload = Acme) =>
        RefreshAnnotations.Read(name, Annotations(workload)).Record
        ?? throw new InvalidOperationException("The record cannot be read.");

    public IReadOnlyDictionary<string, string> Annotations(string workload = Acme) =>
        Api.Get(workload)["metadata"]!["annotations"]?.AsObject()
            .ToDictionary(pair => pair.Key, pair => (string?)pair.Value ?? "")
        ?? [];

    public string? LiveVariable(string workload = Acme) =>
        Container("api", workload)["env"]?.AsArray().Select(env => (string?)env!["value"]).LastOrDefault();

    public string? LiveImage(string workload = Acme) => (string?)Container("web", workload)["image"];

    /// <summary>
    /// The record says that the digest is applied and settled, and nothing is left of the way there; that a repair was
    /// made is forgotten by the next tick, if it stands until then.
    /// </summary>
    public void AssertSettled(string name, Digest digest, string workload = Acme)
    {
        var record = Record(name, workload);
        Assert.Equal(digest, record.Settled);
        Assert.Equal(
            new RefreshRecord
            {
                Settled = digest,
                Applied = record.Applied,
                AppliedAt = record.AppliedAt,
                AppliedTo = record.AppliedTo,
                Undone = record.Undone is { Count: 0 } repair ? repair : null,
            },
            record);
    }

    /// <summary>Exactly so many rollouts came of everything so far.</summary>
    public IReadOnlyList<FakeRollout> AssertRollouts(int count, string workload = Acme)
    {
        var rollouts = Api.Rollouts(workload);
        Assert.Equal(count, rollouts.Count);
        return rollouts;
    }

    public async ValueTask DisposeAsync()
    {
        await Registry.DisposeAsync();
        await Api.DisposeAsync();
    }

    private KubernetesClient Client() => new(
        new() { Server = Api.Address, Token = Api.Token },
        Time,
        new() { RequestTimeout = CallTimeout, WatchRequestTimeout = CallTimeout });

    private static WorkloadReference Reference(string text) => text.Split('/') switch
    {
        ["statefulset", var name] => new(WorkloadKind.StatefulSet, name),
        ["daemonset", var name] => new(WorkloadKind.DaemonSet, name),
        ["cronjob", var name] => new(WorkloadKind.CronJob, name),
        var parts => new(WorkloadKind.Deployment, parts[1]),
    };

    private JsonObject Container(string name, string workload) =>
        WorkloadBuilder.TemplateOf(Api.Get(workload))["spec"]!["containers"]!.AsArray()
            .Single(container => (string?)container!["name"] == name)!.AsObject();
}
