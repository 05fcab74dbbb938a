using System.Text.Json.Nodes;
using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Checking;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Objects;
using Tracebloc.MetadataSync.Settings;
using Tracebloc.MetadataSync.Syncing;
using Tracebloc.MetadataSync.Tests;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>Gadgets of a fake API server, mirrored into the tables of a real server.</summary>
internal sealed class MirrorScene : IAsyncDisposable
{
    private readonly StoreScene _store;
    private readonly KubernetesClient _client;
    private readonly List<Running> _running = [];

    private MirrorScene(StoreScene store, FakeKubernetesApi api, KubernetesClient client) =>
        (_store, Api, _client) = (store, api, client);

    public static FakeResourceType Gadgets { get; } = FakeResourceType.Custom("test.example", "v1", "Gadget");

    public FakeKubernetesApi Api { get; }

    public RecordingLogger Log => _store.Log;

    public TimeSpan DeletionDelay { get; set; } = TimeSpan.Zero;

    /// <summary>Whether versions are kept in memory.</summary>
    public bool CachesVersions { get; init; }

    public static async Task<MirrorScene> StartAsync(
        RealDatabase database, CancellationToken token, FakeServerVersion? version = null, bool cachesVersions = false)
    {
        var store = await StoreScene.StartAsync(database, token);
        var api = await FakeKubernetesApi.StartAsync(
            new FakeKubernetesApiOptions
            {
                Types = [.. FakeResourceType.Known, Gadgets],
                Version = version ?? FakeServerVersion.Old,
            },
            token);
        var client = new KubernetesClient(
            new KubernetesClientConfiguration { Server = api.Address, Token = api.Token }, TimeProvider.System);
        foreach (var ns in (string[])["team-a", "team-b"])
            api.Add($$$"""{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "{{{ns}}}"}}""");
        return new MirrorScene(store, api, client) { CachesVersions = cachesVersions };
    }

    /// <summary>Starts a mirror, which begins a new term.</summary>
    public Running Start(string identity = "pod-1")
    {
        var options = _store.Server.Options;
        var events = new RefusalEvents(_client, identity, TimeProvider.System, Log);
        var mirror = new Mirror(new MirrorSetup
        {
            Client = _client,
            Pool = new SessionPool(_store.Server, SessionUse.Sharing, new SessionPoolOptions()),
            Settings = new SyncSettings
            {
                Storage = new StorageGate.Enabled(new MySqlSettings
                {
                    Host = options.Host,
                    User = options.User,
                    Password = new(options.Password),
                    Database = options.Database ?? "",
                }),
                Kinds = KindSet.Of([SomeObject.Gadget]),
                Reconciling = new ReconcileSettings { DeletionDelay = DeletionDelay },
                CachesVersions = CachesVersions,
            },
            Identity = identity,
            Time = TimeProvider.System,
            Logger = Log,
            Beside = (_, token) => events.RunAsync(token),
            Refused = events.Record,
        });
        var running = new Running(mirror);
        _running.Add(running);
        return running;
    }

    /// <summary>Adds an object to the cluster.</summary>
    public void Add(string name, string ns = "team-a", Action<JsonObject>? change = null)
    {
        var gadget = new JsonObject
        {
            ["apiVersion"] = "test.example/v1",
            ["kind"] = "Gadget",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns },
            ["spec"] = new JsonObject { ["colour"] = "red", ["size"] = 1 },
        };
        change?.Invoke(gadget);
        Api.Add(gadget, "kubectl-create");
    }

    public void Edit(string name, Action<JsonObject> change, string ns = "team-a") =>
        Api.Edit($"gadget/{name}", change, ns: ns);

    public void Annotate(string name, string annotation, string ns = "team-a") => Edit(
        name,
        gadget =>
        {
            var metadata = gadget["metadata"]!.AsObject();
            metadata["annotations"] ??= new JsonObject();
            metadata["annotations"]![annotation] = Marks.True;
        },
        ns);

    /// <summary>Does something right before the next call of a verb for a gadget.</summary>
    public void Before(string verb, Action work) => Api.Fail(
        verb,
        "gadgets",
        FakeFault.First(_ =>
        {
            work();
            return Task.CompletedTask;
        }));

    public JsonObject? Find(string name, string ns = "team-a") => Api.Find($"gadget/{name}", ns);

    public bool IsHeld(string name, string ns = "team-a") =>
        Find(name, ns)?["metadata"]?["finalizers"] is JsonArray held
        && held.Any(finalizer => (string?)finalizer == Marks.Finalizer);

    /// <summary>The rows, by namespace, name and state: <c>team-a/one live red</c>.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(CancellationToken token) => await _store.RunAsync(
        "SELECT CONCAT(namespace, '/', name, ' ', IF(delete_time IS NOT NULL, 'deleted', "
        + "IF(evicted_time IS NOT NULL, 'evicted', 'live')), ' ', IFNULL(colour, '-')) "
        + "FROM gadget ORDER BY namespace, name, create_time, uid",
        token);

    /// <summary>Does some work while every row is locked.</summary>
    public Task WithLockedRowsAsync(Func<Task> work, CancellationToken token) => _store.Database.ChangeAsync(
        async (session, current) =>
        {
            await session.QueryAsync(
                new SqlStatement("SELECT uid FROM gadget FOR UPDATE"), row => row.Text(0), current);
            await work();
            return true;
        },
        token);

    public Task<IReadOnlyList<string>> AskAsync(string sql, CancellationToken token) => _store.RunAsync(sql, token);

    /// <summary>Waits until the rows are these.</summary>
    public async Task SeeAsync(CancellationToken token, params IReadOnlyList<string> rows)
    {
        IReadOnlyList<string> last = [];
        await UntilAsync(
            async current => (last = await RowsAsync(current)).SequenceEqual(rows),
            () => $"rows: {string.Join(", ", last)}; log: {string.Join('\n', Log.Lines.TakeLast(20))}",
            token);
    }

    /// <summary>Waits until a condition holds.</summary>
    public static async Task UntilAsync(
        Func<CancellationToken, Task<bool>> condition, Func<string> problem, CancellationToken token)
    {
        using var bound = new Bound(Bound.OfWaits, token);
        await bound.KeepAsync(
            async current =>
            {
                while (!await condition(current)) current.ThrowIfCancellationRequested();
                return true;
            },
            problem);
    }

    public Task UntilAsync(Func<bool> condition, CancellationToken token) => UntilAsync(
        async current =>
        {
            // A question to the database takes the time that a busy loop would waste.
            await RowsAsync(current);
            return condition();
        },
        () => $"log: {string.Join('\n', Log.Lines.TakeLast(20))}",
        token);

    /// <summary>
    /// Waits until every object has our finalizer, and a row with it. All objects are in one namespace.
    /// </summary>
    public async Task SettleAsync(CancellationToken token, string ns = "team-a")
    {
        IReadOnlyList<string> rows = [];
        await UntilAsync(
            async current =>
            {
                rows = await AskAsync("SELECT res_version FROM gadget", current);
                var gadgets = Api.List("gadgets", ns).Select(gadget => gadget["metadata"]!).ToList();
                return gadgets.All(gadget => IsHeld((string)gadget["name"]!, ns))
                    && gadgets.Select(gadget => (string)gadget["resourceVersion"]!).Order().SequenceEqual(rows.Order());
            },
            () => $"rows: {string.Join(", ", rows)}; log: {string.Join('\n', Log.Lines.TakeLast(20))}",
            token);
    }

    /// <summary>Compares all objects with their rows.</summary>
    public async Task<IReadOnlyList<VerifiedKind>> VerifyAsync(CancellationToken token)
    {
        await using var pool = new SessionPool(_store.Server, SessionUse.Sharing, new SessionPoolOptions());
        var setup = new CheckSetup
        {
            Client = _client,
            Pool = pool,
            Time = TimeProvider.System,
            Logger = Log,
            Progress = new Progress(TimeProvider.System, Log, terminal: null),
        };
        return await new Verification(setup, KindSet.Of([SomeObject.Gadget]))
            .RunAsync(line => throw new InvalidOperationException(line), token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var running in _running)
        {
            await running.StopAsync();
            running.Dispose();
        }

        _client.Dispose();
        await Api.DisposeAsync();
        await _store.DisposeAsync();
    }

    /// <summary>A mirror at work.</summary>
    internal sealed class Running : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _work;

        public Running(Mirror mirror)
        {
            Mirror = mirror;
            _work = Task.Run(() => mirror.RunAsync(_stop.Token));
        }

        public Mirror Mirror { get; }

        /// <summary>Ends with the mirror's own end.</summary>
        public Task EndAsync(CancellationToken token) => _work.WaitAsync(token);

        /// <summary>Ends it wherever it is.</summary>
        public async Task StopAsync()
        {
            await _stop.CancelAsync();
            await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        public void Dispose() => _stop.Dispose();
    }
}
