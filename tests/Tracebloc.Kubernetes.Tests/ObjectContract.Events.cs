using System.Text.Json.Nodes;

namespace Tracebloc.Kubernetes.Tests;

public abstract partial class ObjectContract
{
    private static readonly ResourceType Events = new("events.k8s.io", "v1", "events", "Event");

    [Fact]
    public async Task An_event_is_created_once_and_counted_by_its_series()
    {
        await CreateEventAsync(Event());
        var known = await Assert.ThrowsAsync<KubernetesException>(() => CreateEventAsync(Event()));
        Assert.True(known.IsConflict);
        Assert.Equal("web: a -> b", (string?)(await PatchEventAsync("{}"))["note"]);

        var counted = await PatchEventAsync(
            """{"series": {"count": 2, "lastObservedTime": "2026-01-02T03:04:05.678901Z"}}""");

        Assert.Equal(2, (int?)counted["series"]!["count"]);
        Assert.Equal("2026-01-02T03:04:05.678901Z", (string?)counted["series"]!["lastObservedTime"]);
    }

    [Theory]
    [InlineData("action", "")]
    [InlineData("reportingInstance", "")]
    [InlineData("type", "Grave")]
    public async Task An_event_that_lacks_what_it_must_say_is_invalid(string key, string value)
    {
        var found = Event();
        found[key] = value;

        Assert.Equal(422, (await Assert.ThrowsAsync<KubernetesException>(() => CreateEventAsync(found))).Code);
    }

    private Task<JsonObject> CreateEventAsync(JsonObject value) => Client.CreateAsync(
        Events, Ns, value, new CreateOptions(), Cancelled);

    private Task<JsonObject> PatchEventAsync(string patch) => Client.PatchAsync(
        Events, new(Ns, "web.1"), V1Patch.Merge(Json(patch)), new(), Cancelled);

    private JsonObject Event() => Json($$"""
        {
          "apiVersion": "events.k8s.io/v1",
          "kind": "Event",
          "metadata": { "name": "web.1", "namespace": "{{Ns}}" },
          "eventTime": "2026-01-02T03:04:05.123456Z",
          "reportingController": "tracebloc.io/image-refresh",
          "reportingInstance": "refresh-1",
          "action": "Refresh",
          "reason": "Refreshed",
          "regarding": { "apiVersion": "apps/v1", "kind": "Deployment", "name": "web", "namespace": "{{Ns}}" },
          "note": "web: a -> b",
          "type": "Normal"
        }
        """).AsObject();
}
