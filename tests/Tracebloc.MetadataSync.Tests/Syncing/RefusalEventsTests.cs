using System.Text.Json.Nodes;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Syncing;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.MetadataSync.Tests.Syncing;

/// <summary>The Events on objects that cannot be mirrored.</summary>
public sealed class RefusalEventsTests : IAsyncLifetime
{
    private static readonly Kind Kind = SomeObject.Gadget;

    private static readonly Refusal Odd =
        new(RefusalReason.NotReadable, "u-1", "team-a", "odd", "Gadget team-a/odd: is odd");

    private readonly ManualTimeProvider _time = new();
    private readonly RecordingLogger _log = new();
    private readonly CancellationTokenSource _stop = new();
    private FakeKubernetesApi _api = null!; // InitializeAsync sets them.
    private KubernetesClient _client = null!;
    private RefusalEvents _events = null!;
    private Task _running = Task.CompletedTask;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IReadOnlyList<JsonObject> Written => _api.List("events", "team-a");

    public async ValueTask InitializeAsync()
    {
        _api = await FakeKubernetesApi.StartAsync(cancellationToken: Token);
        foreach (var ns in (string[])["team-a", "default"])
            _api.Add($$$"""{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "{{{ns}}}"}}""");
        _client = new KubernetesClient(
            new KubernetesClientConfiguration { Server = _api.Address, Token = _api.Token }, TimeProvider.System);
        _events = new RefusalEvents(_client, "metadata-sync-0", _time, _log);
        _running = _events.RunAsync(_stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _client.Dispose();
        await _api.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task An_Event_stands_on_the_object_with_its_fault()
    {
        _events.Record(Kind, Odd);
        await SeeWritesAsync(1);

        var written = Assert.Single(Written);
        Assert.Equal(
            ("Warning", "NotReadable", "Sync", "tracebloc.io/metadata-sync"),
            ((string?)written["type"], (string?)written["reason"], (string?)written["action"],
                (string?)written["reportingController"]));
        Assert.Equal("Gadget team-a/odd: is odd; the object is tried again", (string?)written["note"]);
        Assert.Equal(
            """{"apiVersion":"test.example/v1","kind":"Gadget","name":"odd","namespace":"team-a","uid":"u-1"}""",
            written["regarding"]!.ToJsonString());
    }

    [Fact]
    public async Task The_same_is_counted_every_half_hour_and_not_at_each_attempt()
    {
        for (var attempt = 0; attempt < 120; attempt++)
        {
            _events.Record(Kind, Odd);
            _time.Advance(TimeSpan.FromSeconds(30));
        }

        _events.Record(Kind, Odd);
        // One that is created, and two that are there already and are counted by two patches each.
        await SeeWritesAsync(7);
        Assert.Equal(3, (int?)Assert.Single(Written)["series"]?["count"]);
    }

    [Fact]
    public async Task Another_fault_and_another_object_have_Events_of_their_own()
    {
        _events.Record(Kind, Odd);
        _events.Record(Kind, Odd with { Reason = RefusalReason.NotStorable });
        _events.Record(Kind, Odd with { Name = "odder", Uid = "u-2" });
        _time.Advance(TimeSpan.FromMinutes(1));
        _events.Record(Kind, Odd with { Message = "Gadget team-a/odd: is odd in another way" });
        await SeeWritesAsync(4);

        Assert.Equal(4, Written.Count);
    }

    [Fact]
    public async Task An_object_whose_fault_changes_with_each_edit_has_one_Event_a_minute()
    {
        for (var edit = 0; edit < 60; edit++)
        {
            _events.Record(Kind, Odd with { Message = $"Gadget team-a/odd: has {edit} bytes too many" });
            _time.Advance(TimeSpan.FromSeconds(2));
        }

        await SeeWritesAsync(2);
        Assert.Equal(2, Written.Count);
    }

    [Fact]
    public async Task An_object_without_a_namespace_has_its_Event_in_the_default_one()
    {
        _events.Record(Kind, Odd with { Namespace = "" });
        await _api.WaitForCallAsync(call => call is { Verb: "create", Status: 201 }, Token);

        Assert.Null(Assert.Single(_api.List("events", "default"))["regarding"]!["namespace"]);
    }

    [Fact]
    public async Task An_object_without_a_name_has_none()
    {
        _events.Record(Kind, Odd with { Name = "", Uid = "" });
        _events.Record(Kind, Odd);
        await SeeWritesAsync(1);

        Assert.Equal("odd", (string?)Assert.Single(Written)["regarding"]!["name"]);
    }

    [Fact]
    public async Task Events_that_are_forbidden_are_one_line_of_the_log_and_the_next_is_tried()
    {
        _api.Fail("create", "events", FakeFault.Status(403));
        _api.Fail("create", "events", FakeFault.Status(403));
        foreach (var name in (string[])["one", "two", "three"]) _events.Record(Kind, Odd with { Name = name });
        await SeeWritesAsync(3);

        Assert.Single(Written);
        Assert.StartsWith(
            "Warning: Events cannot be written, the first is that of Gadget team-a/one: ", Assert.Single(_log.Lines));
    }

    private async Task SeeWritesAsync(int count)
    {
        await _api.WaitForCallAsync(_ => _api.Writes.Count(call => call.Status != 0) >= count, Token);

        Assert.Equal(count, _api.Writes.Count);
    }
}
