using System.Text.Json.Nodes;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>A fake API that serves widgets, a feed of them, and a clock that the test moves.</summary>
public abstract class FeedFixture : IAsyncLifetime
{
    private readonly CancellationTokenSource _ending = new();
    private FakeKubernetesApi? _api;
    private KubernetesClient? _client;

    private protected CancellationToken Cancelled => _ending.Token;

    private protected ManualTimeProvider Time { get; } = new();

    private protected FakeKubernetesApi Api => _api ?? throw new InvalidOperationException("not started");

    private protected KubernetesClient Client => _client ?? throw new InvalidOperationException("not started");

    private protected FeedOptions Options { get; set; } = new() { Random = () => 1 };

    protected virtual FakeServerVersion Version => FakeServerVersion.Current;

    protected virtual KubernetesClientOptions Limits => new() { MaxRetries = 0 };

    public async ValueTask InitializeAsync()
    {
        TestContext.Current.CancellationToken.Register(_ending.Cancel);
        _api = await FakeKubernetesApi.StartAsync(
            new() { Version = Version, Types = [.. FakeResourceType.Known, Widgets.Fake] }, Cancelled);
        _client = Connect(Limits);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _ending.CancelAsync();
        _client?.Dispose();
        await Api.DisposeAsync();
        _ending.Dispose();
    }

    private protected KubernetesClient Connect(KubernetesClientOptions limits, TimeProvider? time = null) =>
        new(new() { Server = Api.Address, Token = Api.Token }, time ?? Time, limits);

    private protected FeedReader Follow(KubernetesClient? client = null) =>
        new(new ObjectFeed(client ?? Client, Widgets.Type, null, Options), Cancelled);

    /// <summary>A feed that has read its list.</summary>
    private protected async Task<FeedReader> FollowListedAsync()
    {
        var feed = Follow();
        await feed.NamesAsync();
        return feed;
    }

    private protected void Add(params IEnumerable<string> names)
    {
        foreach (var name in names) Api.Add(Widgets.Some(name));
    }

    private protected void Note(string name, string text) =>
        Api.Edit($"widget/{name}", widget => widget["spec"]!["text"] = text);

    private protected string VersionOf(string name) => (string)Api.Get($"widget/{name}")["metadata"]!["resourceVersion"]!;

    private protected string Frame(string type, string name, string? rest = null) =>
        new JsonObject { ["type"] = type, ["object"] = Api.Get($"widget/{name}") }.ToJsonString() + (rest ?? "\n");

    /// <summary>Lets exactly this wait pass, as soon as the feed begins it.</summary>
    private protected async Task PassAsync(double seconds)
    {
        var wait = TimeSpan.FromSeconds(seconds);
        await Time.WaitForTimerAsync(left => left == wait, Cancelled);
        Time.Advance(wait);
    }

    /// <summary>Waits until so many watches were opened.</summary>
    private protected Task<FakeCall> WatchedAsync(int count) => Api.WaitForCallAsync(
        _ => Api.Calls.Count(call => call is { Verb: "watch", Status: 200 }) >= count, Cancelled);

    private protected static async Task<string?> TextAsync(FeedReader feed) =>
        Widgets.Text((await feed.NextAsync<ObjectSeen>()).Json);
}
