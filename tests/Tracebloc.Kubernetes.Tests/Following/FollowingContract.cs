using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>Custom resources as a feed sees them and raw requests change them, of a fake and a real server.</summary>
public abstract class FollowingContract : IAsyncLifetime
{
    private const string Finalizer = "feed.example.com/mirror";

    private ContractServer? _server;
    private KubernetesClient? _client;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private ContractServer Server => _server ?? throw new InvalidOperationException("not connected");

    private KubernetesClient Client => _client ?? throw new InvalidOperationException("not connected");

    private string Ns => Client.Namespace;

    /// <summary>Reaches a server, or skips with the reason.</summary>
    protected abstract ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken);

    public async ValueTask InitializeAsync()
    {
        _server = await ConnectAsync(Cancelled);
        _client = new(_server.Administrator, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _client?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_feed_lists_and_then_follows()
    {
        await Server.InstallWidgetsAsync(Cancelled);
        await CreateAsync(Widgets.Some("b"));
        await CreateAsync(Widgets.Some("a"));
        await using var feed = Follow(pageSize: 1);

        Assert.Equal(["a", "b"], await feed.NamesAsync());
        var created = await CreateAsync(Widgets.Some("c"));
        var added = await feed.NextAsync<ObjectSeen>();
        Assert.Equal((SeenHow.Added, "c", Ns), (added.How, added.Identity.Name, added.Identity.Namespace));
        Assert.True(JsonNode.DeepEquals(created, JsonNode.Parse(added.Json.Span)));

        await PatchAsync("c", """{"spec":{"text":"second"}}""");
        var modified = await feed.NextAsync<ObjectSeen>();
        Assert.Equal((SeenHow.Modified, "second"), (modified.How, Widgets.Text(modified.Json)));
        Assert.Equal((string?)created["metadata"]!["uid"], modified.Identity.Uid);

        await Client.DeleteAsync(Widgets.Type, Ns, "c", new(), Cancelled);
        var gone = await feed.NextAsync<ObjectGone>();
        Assert.Equal(modified.Identity.Uid, gone.Identity.Uid);
        Assert.True(long.Parse(gone.Identity.ResourceVersion) > long.Parse(modified.Identity.ResourceVersion));
    }

    [Fact]
    public async Task Of_a_list_only_what_the_reader_lacks_is_read_whole()
    {
        await Server.InstallWidgetsAsync(Cancelled);
        await CreateAsync(Widgets.Some("a"));
        var newest = (string)(await CreateAsync(Widgets.Some("b")))["metadata"]!["resourceVersion"]!;
        var known = new KnownObjects(newest, (identity, json) =>
            identity.Name == "a" && JsonNode.Parse(json.Span) is JsonObject metadata && !metadata.ContainsKey("spec"));
        await using var feed = new FeedReader(
            new ObjectFeed(Client, Widgets.Type, Ns, new() { Known = _ => Task.FromResult<KnownObjects?>(known) }),
            Cancelled);
        await feed.NextAsync<ListBegins>();

        Assert.Equal("a", (await feed.NextAsync<ObjectKnown>()).Identity.Name);
        var lacked = await feed.NextAsync<ObjectSeen>();
        Assert.Equal(("b", "first"), (lacked.Identity.Name, Widgets.Text(lacked.Json)));
        await feed.NextAsync<ListEnds>();
        await CreateAsync(Widgets.Some("c"));
        Assert.Equal("c", (await feed.NextAsync<ObjectSeen>()).Identity.Name);
    }

    [Fact]
    public async Task An_item_of_a_list_is_the_same_as_the_object_alone()
    {
        await Server.InstallWidgetsAsync(Cancelled);
        await CreateAsync(Widgets.Some("a"));
        await using var feed = Follow();
        await feed.NextAsync<ListBegins>();
        var listed = await feed.NextAsync<ObjectSeen>();

        // Of the object alone, the server writes a line break at the end.
        Assert.Equal(
            Encoding.UTF8.GetString((await RawAsync("a")).Span).TrimEnd('\n'),
            Encoding.UTF8.GetString(listed.Json.Span));
        Assert.StartsWith("""{"apiVersion":"feed.example.com/v1","kind":"Widget","metadata":{"creationTimestamp":""",
            Encoding.UTF8.GetString(listed.Json.Span));
    }

    [Fact]
    public async Task A_definition_is_waited_for_and_its_removal_noticed()
    {
        await using var feed = Follow();
        Assert.Equal(FeedLoss.NotServed, (await feed.NextAsync<FeedLost>()).Loss);
        await Server.InstallWidgetsAsync(Cancelled);
        Assert.Empty(await feed.NamesAsync());

        await CreateAsync(Widgets.Some("a"));
        Assert.Equal("a", (await feed.NextAsync<ObjectSeen>()).Identity.Name);
        await Server.UninstallWidgetsAsync(Cancelled);
        Assert.Equal("a", (await feed.NextAsync<ObjectGone>()).Identity.Name);
        Assert.Equal(FeedLoss.NotServed, (await feed.NextAsync<FeedLost>()).Loss);
        Assert.True((await FailsAsync(() => Client.GetRawAsync(Widgets.Type, Ns, "a", Cancelled))).IsTypeNotServed);
    }

    [Fact]
    public async Task Identities_are_those_of_all_pages()
    {
        await Server.InstallWidgetsAsync(Cancelled);
        List<ObjectIdentity> expected = [];
        foreach (var name in (string[])["a", "b", "c"])
        {
            var metadata = (await CreateAsync(Widgets.Some(name)))["metadata"]!;
            expected.Add(new((string)metadata["uid"]!, Ns, name, (string)metadata["resourceVersion"]!));
        }

        Assert.Equal(expected, await Client.ListIdentitiesAsync(
            Widgets.Type, Ns, new() { PageSize = 2 }, Cancelled).ToListAsync(Cancelled));
        var sent = await Client.Requests.SendRawAsync(
            new("list", HttpMethod.Get, Widgets.Type, Ns) { Accept = ListPager.MetadataOnly }, Cancelled);
        Assert.Equal("PartialObjectMetadataList", (string?)JsonNode.Parse(sent.Span)!["kind"]);
    }

    [Fact]
    public async Task A_finalizer_holds_an_object_until_it_is_removed()
    {
        await Server.InstallWidgetsAsync(Cancelled);
        await CreateAsync(Widgets.Some("a", "first", Finalizer));
        await using var feed = Follow();
        await feed.NamesAsync();
        await Client.DeleteAsync(Widgets.Type, Ns, "a", new(), Cancelled);
        var marked = JsonNode.Parse((await feed.NextAsync<ObjectSeen>()).Json.Span)!;
        Assert.NotNull((string?)marked["metadata"]!["deletionTimestamp"]);
        Assert.Equal((0, 2), (
            (int?)marked["metadata"]!["deletionGracePeriodSeconds"], (int?)marked["metadata"]!["generation"]));

        await Client.DeleteAsync(Widgets.Type, Ns, "a", new(), Cancelled); // changes nothing
        var refused = await FailsAsync(() => PatchAsync("a",
            $$$"""{"metadata":{"finalizers":["{{{Finalizer}}}","feed.example.com/late"]}}"""));
        Assert.Equal(422, refused.Code);
        Assert.Contains("no new finalizers can be added if the object is being deleted", refused.Message);
        var last = await PatchAsync("a", """{"metadata":{"finalizers":null,"deletionTimestamp":null}}""");

        Assert.Equal((string?)marked["metadata"]!["resourceVersion"], (string?)last["metadata"]!["resourceVersion"]);
        Assert.NotNull(last["metadata"]!["deletionTimestamp"]);
        Assert.Equal((string?)marked["metadata"]!["uid"], (await feed.NextAsync<ObjectGone>()).Identity.Uid);
        Assert.Null(await Client.GetRawAsync(Widgets.Type, Ns, "a", Cancelled));
    }

    [Fact]
    public async Task A_deletion_with_preconditions_is_of_that_object_and_version_alone()
    {
        await Server.InstallWidgetsAsync(Cancelled);
        var metadata = (await CreateAsync(Widgets.Some("a")))["metadata"]!;
        var (uid, version) = ((string?)metadata["uid"], (string?)metadata["resourceVersion"]);
        var other = await FailsAsync(() => DeleteAsync(new() { Uid = "1-2-3", ResourceVersion = version }));
        Assert.True(other.IsConflict);
        Assert.Contains("the UID in the precondition (1-2-3) does not match", other.Message);
        await PatchAsync("a", """{"spec":{"text":"second"}}""");
        var changed = await FailsAsync(() => DeleteAsync(new() { Uid = uid, ResourceVersion = version }));
        Assert.True(changed.IsConflict);
        await DeleteAsync(new() { Uid = uid, DryRun = true });
        Assert.NotNull(await Client.GetRawAsync(Widgets.Type, Ns, "a", Cancelled));
        await DeleteAsync(new() { Uid = uid, PropagationPolicy = "Background" });

        Assert.Null(await Client.GetRawAsync(Widgets.Type, Ns, "a", Cancelled));
        Assert.True((await FailsAsync(() => DeleteAsync(new() { Uid = uid }))).IsNotFound);
    }

    [Fact]
    public async Task A_patch_with_a_version_is_of_that_version_alone()
    {
        await Server.InstallWidgetsAsync(Cancelled);
        var metadata = (await CreateAsync(Widgets.Some("a")))["metadata"]!;
        var version = (string?)metadata["resourceVersion"];
        var patched = await PatchAsync("a", $$$"""
            {"metadata":{"uid":"{{{metadata["uid"]}}}","resourceVersion":"{{{version}}}",
             "finalizers":["{{{Finalizer}}}"]}}
            """);
        Assert.NotEqual(version, (string?)patched["metadata"]!["resourceVersion"]);
        Assert.Equal(1, (int?)patched["metadata"]!["generation"]);

        var late = await FailsAsync(() => PatchAsync("a",
            $$$"""{"metadata":{"resourceVersion":"{{{version}}}","finalizers":null}}"""));
        Assert.True(late.IsConflict);
        var other = await FailsAsync(() => PatchAsync("a", """{"metadata":{"uid":"1-2-3","finalizers":null}}"""));
        Assert.Equal(422, other.Code);
        Assert.Equal(2, (int?)(await PatchAsync("a", """{"status":{"phase":"x"}}"""))["metadata"]!["generation"]);
        await PatchAsync("a", """{"metadata":{"finalizers":null}}""");
    }

    [Fact]
    public async Task A_custom_resource_has_no_strategic_merge()
    {
        await Server.InstallWidgetsAsync(Cancelled);
        await CreateAsync(Widgets.Some("a"));
        var refused = await FailsAsync(() => Client.PatchRawAsync(
            Widgets.Type, Ns, "a", V1Patch.StrategicMerge("{}"u8.ToArray()), new(), Cancelled));

        Assert.Equal((415, "UnsupportedMediaType"), (refused.Code, refused.Reason));
    }

    private FeedReader Follow(int pageSize = 500) => new(
        new ObjectFeed(Client, Widgets.Type, Ns, new()
        {
            PageSize = pageSize,
            FirstPause = TimeSpan.FromMilliseconds(10),
            LongestPause = TimeSpan.FromMilliseconds(100),
        }),
        Cancelled);

    private Task<JsonObject> CreateAsync(JsonObject widget) =>
        Client.CreateAsync(Widgets.Type, Ns, widget, new(), ContractJson.Default.JsonObject, Cancelled);

    private async Task<JsonNode> PatchAsync(string name, string patch) => JsonNode.Parse((await Client.PatchRawAsync(
        Widgets.Type, Ns, name, V1Patch.Merge(Encoding.UTF8.GetBytes(patch)), new(), Cancelled)).Span)!;

    private Task DeleteAsync(DeleteOptions options) => Client.DeleteAsync(Widgets.Type, Ns, "a", options, Cancelled);

    private async Task<ReadOnlyMemory<byte>> RawAsync(string name) =>
        await Client.GetRawAsync(Widgets.Type, Ns, name, Cancelled)
        ?? throw new InvalidOperationException($"there is no {name}");

    private static Task<KubernetesException> FailsAsync(Func<Task> call) =>
        Assert.ThrowsAsync<KubernetesException>(call);
}

/// <summary>The contract of feeds, run against the fake.</summary>
public sealed class FakeFollowingContract : FollowingContract
{
    protected override ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken) =>
        FakeContractServer.StartAsync(FakeServerVersion.Old, cancellationToken);
}

/// <summary>The fake that plays the version of the servers in use, which stream lists.</summary>
public sealed class FakeCurrentFollowingContract : FollowingContract
{
    protected override ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken) =>
        FakeContractServer.StartAsync(FakeServerVersion.Current, cancellationToken);
}
