using System.Text.Json.Nodes;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Notifications.Webhook;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Notifications.Webhook;

/// <summary>An outbox that somebody else wrote, who may annotate the workload.</summary>
public sealed class ForgedOutboxTests : WebhookScene
{
    private const string Dropped =
        "notifications were dropped: too many were waiting, or they are of no configured image";

    [Theory]
    [InlineData(400, 20, $"380 {Dropped}")]
    [InlineData(1500, 0, "the annotation tracebloc.io/refresh-notices is not a list of notifications; remove it")]
    public async Task A_forged_outbox_posts_twenty_at_most(int notices, int posts, string warning)
    {
        Forge([.. Enumerable.Range(1, notices).Select(number => Notice(number))]);

        await Fixture.TickAndNotifyAsync();

        Assert.Equal(posts, Receiver.Requests.Count);
        Assert.Contains($"Warning: {Acme}: {warning}", Fixture.Logger.Lines);
    }

    [Fact]
    public async Task A_foreign_notice_is_not_sent_but_removed_and_counted_once()
    {
        var id = "x\r\nContent-Length: 0\r\n\r\nDELETE /admin HTTP/1.1\r\n";
        Forge(Notice(1, notice => notice["id"] = id), Notice(2, notice => notice["name"] = "another"));

        await Fixture.TickAndNotifyAsync();
        await Fixture.TickAndNotifyAsync();

        Assert.Empty(Receiver.Requests);
        Assert.DoesNotContain(Outbox.Annotation, Fixture.Annotations());
        Assert.Equal(
            [$"Warning: {Acme}: 2 {Dropped}"],
            Fixture.Logger.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_foreign_notice_is_counted_by_the_next_one_that_is_written()
    {
        Forge(Notice(1, notice => notice["name"] = "another"));
        Fixture.Push("ingestor", "2");

        await Fixture.TickThroughWaitsAsync();

        var outbox = Assert.IsType<JsonObject>(JsonNode.Parse(Fixture.Annotations()[Outbox.Annotation]));
        Assert.Equal(1, (int?)outbox["dropped"]);
        Assert.Equal("ingestor", (string?)Assert.Single(outbox["notices"]!.AsArray())!["name"]);
    }

    [Fact]
    public async Task A_notice_of_another_image_of_the_workload_waits_on()
    {
        Fixture.Track(Fixture.SetEnv(), Fixture.SetImage());
        Fixture.Push("web", "1");
        Forge(Notice(1, notice => notice["name"] = "web"));
        Fixture.Push("ingestor", "2");

        await Fixture.TickAndNotifyAsync();

        Assert.Equal(["web", "ingestor"], Receiver.Bodies.Select(body => (string?)body["name"]));
    }

    [Fact]
    public async Task What_is_sent_names_the_configured_image_and_workload()
    {
        Forge(Notice(1, notice =>
        {
            (notice["workload"], notice["namespace"]) = ("deployment/other", "kube-system");
            (notice["image"], notice["kind"]) = ("docker.io/attacker/backdoor:latest", "Other");
        }));

        await Fixture.TickAndNotifyAsync();

        var sent = Assert.Single(Receiver.Bodies);
        Assert.Equal(
            (Acme, "tracebloc", $"{Fixture.SetEnv().Image}", "RefreshNotice"),
            ((string?)sent["workload"], (string?)sent["namespace"], (string?)sent["image"], (string?)sent["kind"]));
    }

    [Fact]
    public async Task Slack_gets_no_link_and_no_mention()
    {
        Fixture.Notify(new() { Webhook = new() { Url = Receiver.Address, Format = WebhookFormat.Slack } });
        var message = "<!channel> <https://evil.example|approve> & @all runs web@sha256:0123";
        Forge(Notice(1, notice => notice["message"] = message));

        await Fixture.TickAndNotifyAsync();

        Assert.Equal(
            ":white_check_mark: *ingestor* refreshed on deployment/acme in tracebloc: &lt;!channel&gt;"
            + " &lt;https://evil.example|approve&gt; &amp; @\u200Ball runs web@sha256:0123",
            (string?)Assert.Single(Receiver.Bodies)["text"]);
    }

    private void Forge(params JsonNode[] notices) => Fixture.Api.Edit(
        Acme,
        body => body["metadata"]!["annotations"]![Outbox.Annotation] =
            new JsonObject { ["notices"] = new JsonArray(notices) }.ToJsonString());

    private static JsonObject Notice(int number, Action<JsonObject>? change = null)
    {
        var notice = new JsonObject
        {
            ["id"] = number.ToString("x32", null),
            ["at"] = "2026-03-01T12:00:00Z",
            ["happening"] = "refreshed",
            ["name"] = "ingestor",
            ["message"] = "forged",
        };
        change?.Invoke(notice);
        return notice;
    }
}
