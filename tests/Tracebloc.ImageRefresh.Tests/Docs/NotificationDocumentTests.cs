using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Docs;

/// <summary>The documented notifications: a refresh and a failed rollout send the bodies shown there.</summary>
public sealed partial class NotificationDocumentTests : IDisposable
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly ConfigurationFile _folder = new();

    [Fact]
    public async Task The_documented_notifications_are_sent()
    {
        await using var fixture = await StartAsync();
        await using var receiver = await FakeReceiver.StartAsync(cancellationToken: Cancelled);
        await fixture.SeenAsync(fixture.SetEnv());
        var file = Configure(fixture, receiver);
        Take(fixture, seconds: 12);
        fixture.Push("ingestor", "2");
        await fixture.SendAsync(await fixture.TickAsync());
        fixture.Time.Advance(TimeSpan.FromMinutes(15));
        Take(fixture, seconds: 3);
        fixture.Api.OnRollout(Acme, RolloutBehaviour.ExceedsDeadline);
        fixture.Push("ingestor", "broken");
        await fixture.SendAsync(await fixture.TickAsync());

        var posted = receiver.Requests.Zip(receiver.Bodies)
            .Last(each => each.First.Headers.ContainsKey("Idempotency-Key")).Second;
        Assert.Equal(Documents.Block("notifications-events").Trim(), Events(fixture).Trim());
        Assert.Equal(Documents.Block("notifications-webhook").Trim(), Fixed(fixture, Text(posted)));
        Assert.Equal(
            Documents.Block("notifications-metrics").Trim(),
            WithoutZeros(await File.ReadAllTextAsync(file, Cancelled)).Trim());
    }

    public void Dispose() => _folder.Dispose();

    /// <returns>The file of the metrics.</returns>
    private string Configure(TickFixture fixture, FakeReceiver receiver)
    {
        var notifications = Documents.Block("notifications")
            .Replace("/var/lib/node_exporter/", "", StringComparison.Ordinal)
            .Replace("/etc/webhook/url", _folder.With("url", $"{receiver.Address}"), StringComparison.Ordinal)
            .Replace("http://otel-collector.monitoring.svc:4318", $"{receiver.Address}", StringComparison.Ordinal);
        fixture.Notify(_folder.Read(ConfigurationFile.Minimal + notifications).Notifications);
        return fixture.Configuration.Notifications.Metrics?.File ?? "";
    }

    private static void Take(TickFixture fixture, int seconds) => fixture.Api.Fail(
        "patch",
        "deployments",
        FakeFault.Then(_ =>
        {
            fixture.Time.Advance(TimeSpan.FromSeconds(seconds));
            return Task.CompletedTask;
        }));

    private static string Events(TickFixture fixture)
    {
        var events = fixture.Api.List("events").OrderBy(found => (string?)found["eventTime"]).ToList();
        return "$ kubectl get events -o custom-columns=TYPE:.type,REASON:.reason,MESSAGE:.message\n"
            + "TYPE      REASON          MESSAGE\n"
            + string.Concat(events.Select(found =>
                $"{(string?)found["type"],-10}{(string?)found["reason"],-16}{(string?)found["note"]}\n"));
    }

    /// <summary>Every outcome that no image had.</summary>
    private static string WithoutZeros(string metrics) =>
        string.Join('\n', metrics.Split('\n').Where(line => !Zero().IsMatch(line)));

    private static string Text(JsonNode body) => body.ToJsonString(Indented);

    /// <summary>Replaces the port and the id, which differ from run to run.</summary>
    private static string Fixed(TickFixture fixture, string text) => Id()
        .Replace(text, "\"id\": \"5d41402abc4b2a76b9719d911017c592\"")
        .Replace(fixture.Registry.Host, "registry.example.com", StringComparison.Ordinal);

    [GeneratedRegex("_images{.*} 0$")]
    private static partial Regex Zero();

    [GeneratedRegex("\"id\": \"[0-9a-f]{32}\"")]
    private static partial Regex Id();
}
