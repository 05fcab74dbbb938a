using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Checking;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Objects;
using Tracebloc.MetadataSync.Store;
using Tracebloc.MetadataSync.Tests;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>Gadgets of a fake API server and rows of a real server, each as a test makes them.</summary>
internal sealed class CheckScene : IAsyncDisposable
{
    private readonly KubernetesClient _client;
    private readonly SessionPool _pool;
    private readonly StoreLeader _leader;

    private CheckScene(StoreScene store, StoreLeader leader, FakeKubernetesApi api)
    {
        (Store, _leader, Api) = (store, leader, api);
        _client = new KubernetesClient(
            new KubernetesClientConfiguration { Server = api.Address, Token = api.Token }, TimeProvider.System);
        _pool = new SessionPool(store.Server, SessionUse.Sharing, new SessionPoolOptions());
    }

    public StoreScene Store { get; }

    public FakeKubernetesApi Api { get; }

    public ManualTimeProvider Time { get; } = new();

    public static async Task<CheckScene> StartAsync(RealDatabase database, CancellationToken token)
    {
        var store = await StoreScene.StartAsync(database, token);
        var api = await FakeKubernetesApi.StartAsync(
            new FakeKubernetesApiOptions { Types = [.. FakeResourceType.Known, MirrorScene.Gadgets] }, token);
        return new CheckScene(store, await store.LeadAsync("one", token), api);
    }

    public void Add(string name, Action<JsonObject>? change = null)
    {
        var gadget = new JsonObject
        {
            ["apiVersion"] = "test.example/v1",
            ["kind"] = "Gadget",
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["namespace"] = "team-a",
                ["labels"] = new JsonObject { ["team"] = "a" },
                ["annotations"] = new JsonObject { ["note"] = "the-password" },
            },
            ["spec"] = new JsonObject { ["colour"] = "red", ["size"] = 1, ["rate"] = 0.10 },
        };
        change?.Invoke(gadget);
        Api.Add(gadget, "kubectl-create");
    }

    public void Edit(string name, string colour = "blue") =>
        Api.Edit($"gadget/{name}", gadget => gadget["spec"]!["colour"] = colour, ns: "team-a");

    public string UidOf(string name) => (string?)Api.Get($"gadget/{name}", "team-a")["metadata"]!["uid"] ?? "";

    /// <summary>Writes the row of an object as it is now.</summary>
    public async Task StoreAsync(string name, CancellationToken token, bool evicts = false)
    {
        var json = Encoding.UTF8.GetBytes(Api.Get($"gadget/{name}", "team-a").ToJsonString());
        Assert.True(new ObjectReader(SomeObject.Gadget).TryRead(json, out var read, out var fault), fault?.Message);
        var result = Assert.Single(
            await _leader.Writer.WriteAsync([new RowWrite(read, evicts)], WriteMode.Newer, token));
        Assert.Equal(WriteOutcome.Written, result.Outcome);
    }

    public Task DeleteRowAsync(string uid, CancellationToken token) =>
        _leader.DeleteAsync(token, new RowDeletion(uid, 0));

    public Task RecordErrorAsync(string name, CancellationToken token) => _leader.Errors.RecordAsync(
        new ErrorSubject(UidOf(name), "team-a", name, 1), "it is too long", token);

    public Task<IReadOnlyList<string>> RunAsync(string sql, CancellationToken token) => Store.RunAsync(sql, token);

    /// <summary>The state, with something that happens between the two looks.</summary>
    /// <param name="token">Ends it.</param>
    /// <param name="between">Null: there is no second look.</param>
    public async Task<KindStatus> StatusAsync(CancellationToken token, Func<Task>? between = null) =>
        Assert.Single(await TwiceAsync(
            current => new StatusCheck(Setup(), KindSet.Of([SomeObject.Gadget])).RunAsync(current), between, token));

    /// <summary>The lines of a verification, with something that happens between the two looks.</summary>
    public async Task<(IReadOnlyList<string> Lines, VerifiedKind Kind)> VerifyAsync(
        CancellationToken token, Func<Task>? between = null)
    {
        var lines = new List<string>();
        var kinds = await TwiceAsync(
            current => new Verification(Setup(), KindSet.Of([SomeObject.Gadget])).RunAsync(lines.Add, current),
            between, token);
        return (lines, Assert.Single(kinds));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Api.DisposeAsync();
        await _pool.DisposeAsync();
        await Store.DisposeAsync();
    }

    private async Task<T> TwiceAsync<T>(
        Func<CancellationToken, Task<T>> look, Func<Task>? between, CancellationToken token)
    {
        var looking = look(token);
        if (between is null)
        {
            using var bound = new Bound(Bound.OfWaits, token);
            return await bound.KeepAsync(looking.WaitAsync, () => "it looks a second time");
        }

        await Time.WaitForTimerAsync(due => due == CheckSetup.Moment, token);
        await between();
        Time.Advance(CheckSetup.Moment);
        return await looking;
    }

    private CheckSetup Setup() => new()
    {
        Client = _client,
        Pool = _pool,
        Time = Time,
        Logger = Store.Log,
        Progress = new Progress(Time, Store.Log, terminal: null),
    };
}
