using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Notifications.Webhook;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;
using Tracebloc.Testing.Registry;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Notifications.Webhook;

public sealed class WebhookTests : WebhookScene
{
    [Fact]
    public async Task A_happening_is_sent_once_and_nothing_of_it_stays()
    {
        var (before, digest) = (Fixture.Record("ingestor").Settled, Fixture.Push("ingestor", "2"));

        await Fixture.TickAndNotifyAsync();
        await Fixture.TickAndNotifyAsync();

        var sent = Assert.Single(Receiver.Bodies);
        Assert.Equal(
            ("RefreshNotice", "refreshed", "tracebloc", Acme, "ingestor", $"{before}", $"{digest}"),
            ((string?)sent["kind"], (string?)sent["happening"], (string?)sent["namespace"],
                (string?)sent["workload"], (string?)sent["name"], (string?)sent["from"], (string?)sent["to"]));
        Assert.Equal((string?)sent["id"], Assert.Single(Receiver.Requests).Headers["Idempotency-Key"]);
        Assert.DoesNotContain(Outbox.Annotation, Fixture.Annotations());
    }

    [Fact]
    public async Task It_is_remembered_by_the_patch_that_makes_it_true()
    {
        Fixture.Push("ingestor", "2");

        await Fixture.TickThroughWaitsAsync();

        var patch = Assert.Single(Fixture.Api.Writes, call => call.Body.Contains("refresh-notices"));
        Assert.Contains("last-refreshed-ingestor-digest", patch.Body);
        Assert.Contains(Outbox.Annotation, Fixture.Annotations());
    }

    [Fact]
    public async Task What_a_tick_could_not_send_because_it_was_killed_the_next_one_sends()
    {
        Fixture.Push("ingestor", "2");
        await Fixture.TickThroughWaitsAsync();

        await Fixture.TickAndNotifyAsync();

        Assert.Single(Receiver.Requests);
        Assert.DoesNotContain(Outbox.Annotation, Fixture.Annotations());
    }

    [Fact]
    public async Task What_failed_is_sent_again_in_order_and_before_anything_newer()
    {
        Receiver.Answer(FakeReply.Of(503), FakeReply.Of(503));
        Fixture.Push("ingestor", "2");
        await Fixture.TickAndNotifyAsync();
        var newest = Fixture.Push("ingestor", "3");
        await Fixture.TickAndNotifyAsync();
        Assert.Equal(2, Receiver.Requests.Count);
        Assert.Equal(Keys(0), Keys(1));

        await Fixture.TickAndNotifyAsync();

        Assert.Equal(4, Receiver.Requests.Count);
        Assert.Equal(Keys(0), Keys(2));
        Assert.Equal($"{newest}", (string?)Receiver.Bodies[3]["to"]);
        Assert.DoesNotContain(Outbox.Annotation, Fixture.Annotations());
    }

    [Fact]
    public async Task Sent_but_not_taken_off_it_is_sent_again_with_the_same_id()
    {
        Fixture.Push("ingestor", "2");
        Fixture.Api.Fail(call => call.Body.Contains("\"tracebloc.io/refresh-notices\":null"), FakeFault.Status(500));

        await Fixture.TickAndNotifyAsync();
        await Fixture.TickAndNotifyAsync();

        Assert.Equal(2, Receiver.Requests.Count);
        Assert.Equal(Keys(0), Keys(1));
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(301, ": it is elsewhere; correct the address")]
    [InlineData(308, ": it is elsewhere; correct the address")]
    [InlineData(401, "; correct the address")]
    [InlineData(403, "; correct the address")]
    [InlineData(404, "; correct the address")]
    [InlineData(407, "; correct the address")]
    [InlineData(410, "; correct the address")]
    [InlineData(500)]
    public async Task What_may_be_taken_later_waits(int status, string remedy = "")
    {
        Receiver.Answer(FakeReply.Of(status));
        Fixture.Push("ingestor", "2");

        var report = await Fixture.TickAndNotifyAsync();

        Assert.Equal(0, report.ExitCode);
        Assert.Contains(Outbox.Annotation, Fixture.Annotations());
        Assert.Contains(
            $"Warning: 127.0.0.1 failed, retrying on the next tick: {Acme}: status {status}{remedy}",
            Fixture.Logger.Lines);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task What_is_refused_for_good_is_dropped_and_said(int status)
    {
        Receiver.Answer(FakeReply.Of(status));
        Fixture.Push("ingestor", "2");

        await Fixture.TickAndNotifyAsync();

        Assert.DoesNotContain(Outbox.Annotation, Fixture.Annotations());
        Assert.Contains(Fixture.Logger.Lines, line =>
            line.StartsWith("Warning: 127.0.0.1 rejected the notification ", StringComparison.Ordinal)
            && line.EndsWith($", not retrying: status {status}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_does_not_answer_is_not_waited_for_any_longer_than_ten_seconds()
    {
        Receiver.Answer(FakeReply.Never);
        Fixture.Push("ingestor", "2");
        var telling = Fixture.SendAsync(await Fixture.TickThroughWaitsAsync());

        await Fixture.PassWaitsUntilAsync(telling, TimeSpan.FromSeconds(10));
        await telling;

        Assert.Contains(
            $"Warning: 127.0.0.1 failed, retrying on the next tick: {Acme}: no answer within 10 s",
            Fixture.Logger.Lines);
        Assert.Contains(Outbox.Annotation, Fixture.Annotations());
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task Who_does_not_answer_for_one_workload_is_not_asked_for_the_next_but_who_refuses_is(
        bool answers, int asked)
    {
        Fixture.Api.Add(Deployment("other"));
        Fixture.Track(Fixture.SetEnv(), Fixture.SetEnv("second", "deployment/other"));
        Fixture.Push("second", "1");
        await Fixture.TickAsync();
        var reply = answers ? FakeReply.Of(503) : FakeReply.Abort;
        Receiver.Answer(reply, reply);
        Fixture.Push("ingestor", "2");
        Fixture.Push("second", "2");

        await Fixture.TickAndNotifyAsync();

        Assert.Equal(asked, Receiver.Requests.Count);
        Assert.Contains(Outbox.Annotation, Fixture.Annotations());
        Assert.Contains(Outbox.Annotation, Fixture.Annotations("deployment/other"));
    }

    [Fact]
    public async Task An_api_server_that_does_not_answer_does_not_keep_the_Job_for_longer_than_it_has()
    {
        Fixture.Push("ingestor", "2");
        var report = await Fixture.TickThroughWaitsAsync();
        Fixture.Api.Fail(
            call => call.Body.Contains("\"tracebloc.io/refresh-notices\":null"),
            FakeFault.Until(new TaskCompletionSource().Task));
        var telling = Fixture.SendAsync(report);
        await Fixture.WaitForAsync(call => call.Body.Contains("\"tracebloc.io/refresh-notices\":null"));

        Fixture.Time.Advance(Deadlines.WebhookTakeOff);
        await telling.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancelled);

        Assert.Contains("Warning: webhook timed out: not every notification was sent", Fixture.Logger.Lines);
        Assert.Single(Receiver.Requests);
    }

    [Fact]
    public async Task A_digest_given_up_is_told_when_it_is_and_never_again()
    {
        Fixture.Api.OnRollout(Acme, RolloutBehaviour.Crashes);
        Fixture.Push("ingestor", "broken");

        for (var tick = 0; tick < 5; tick++)
        {
            Fixture.Time.Advance(TimeSpan.FromMinutes(15));
            await Fixture.TickAndNotifyAsync();
        }

        Assert.Equal(
            ["rolloutFailed", "rolloutFailed", "gaveUp"], Receiver.Bodies.Select(body => (string?)body["happening"]));
    }

    [Fact]
    public async Task Somebody_elses_write_in_between_loses_nothing()
    {
        Fixture.Push("ingestor", "2");
        var edited = false;
        Fixture.Api.Fail(
            call => !edited && call.Body.Contains("\"tracebloc.io/refresh-notices\":null"),
            FakeFault.First(_ =>
            {
                edited = true;
                Fixture.Api.Edit(Acme, body => body["metadata"]!["annotations"]!["team"] = "web");
                return Task.CompletedTask;
            }));

        await Fixture.TickAndNotifyAsync();

        Assert.Equal((true, "web"), (edited, Fixture.Annotations()["team"]));
        Assert.DoesNotContain(Outbox.Annotation, Fixture.Annotations());
        Assert.Single(Receiver.Requests);
    }

    [Fact]
    public async Task An_annotation_that_nobody_can_read_is_said_and_holds_up_nothing_new()
    {
        Fixture.Api.Edit(Acme, body => body["metadata"]!["annotations"]![Outbox.Annotation] = "oops");
        await Fixture.TickAndNotifyAsync();
        Assert.Contains(
            $"Warning: {Acme}: the annotation {Outbox.Annotation} is not a list of notifications; remove it",
            Fixture.Logger.Lines);
        Fixture.Push("ingestor", "2");

        await Fixture.TickAndNotifyAsync();

        Assert.Single(Receiver.Requests);
        Assert.DoesNotContain(Outbox.Annotation, Fixture.Annotations());
    }

    [Fact]
    public async Task Without_a_webhook_nothing_is_written_and_what_waits_is_left()
    {
        Receiver.Answer(FakeReply.Of(503));
        Fixture.Push("ingestor", "2");
        await Fixture.TickAndNotifyAsync();
        var waiting = Fixture.Annotations()[Outbox.Annotation];
        Fixture.Notify(new() { Events = true });
        Fixture.Push("ingestor", "3");

        await Fixture.TickAndNotifyAsync();

        Assert.Equal(waiting, Fixture.Annotations()[Outbox.Annotation]);
        Assert.Single(Receiver.Requests);
    }

    [Fact]
    public async Task With_nothing_to_send_a_tick_costs_what_it_did()
    {
        await Fixture.TickAndNotifyAsync();

        Assert.Equal(["get deployments/acme"], Fixture.Api.Calls.Select(call => call.ToString()));
        Assert.Empty(Receiver.Requests);
    }

    [Fact]
    public async Task The_address_is_read_from_its_file_and_never_said()
    {
        using var folder = new ConfigurationFile();
        var secret = new Uri(Receiver.Address, "services/T0/B0/sesame");
        var file = folder.With("url", $"{secret}\n");
        Fixture.Notify(new() { Webhook = new() { UrlFile = file, Format = WebhookFormat.Slack } });
        Receiver.Answer(FakeReply.Of(503));
        Fixture.Push("ingestor", "2");

        await Fixture.TickAndNotifyAsync();

        var request = Assert.Single(Receiver.Requests);
        Assert.Equal("/services/T0/B0/sesame", request.Path);
        Assert.StartsWith(
            ":white_check_mark: *ingestor* refreshed on deployment/acme in tracebloc: sha256:",
            (string?)Receiver.Bodies[0]["text"]);
        Assert.Contains(Fixture.Logger.Lines, line => line.Contains("status 503"));
        Assert.DoesNotContain(Fixture.Logger.Lines, line => line.Contains("sesame"));
    }

    [Fact]
    public async Task An_address_that_became_plain_http_is_not_used()
    {
        using var folder = new ConfigurationFile();
        Fixture.Notify(new() { Webhook = new() { UrlFile = folder.With("url", "http://hooks.invalid/sesame") } });
        Fixture.Push("ingestor", "2");

        await Fixture.TickAndNotifyAsync();

        Assert.Contains(Fixture.Logger.Lines, line => line.Contains("unencrypted; use https://"));
        Assert.DoesNotContain(Fixture.Logger.Lines, line => line.Contains("sesame"));
        Assert.Contains(Outbox.Annotation, Fixture.Annotations());
    }

    [Theory]
    [InlineData("sesame")]
    [InlineData("ftp://host/sesame")]
    [InlineData("https://user:sesame@host/")]
    [InlineData("")]
    public async Task A_file_without_an_address_is_said_without_its_content(string content)
    {
        using var folder = new ConfigurationFile();
        Fixture.Notify(new() { Webhook = new() { UrlFile = folder.With("url", content) } });
        Fixture.Push("ingestor", "2");

        await Fixture.TickAndNotifyAsync();

        Assert.Contains(Fixture.Logger.Lines, line => line.Contains("holds no address"));
        Assert.DoesNotContain(Fixture.Logger.Lines, line => line.Contains("sesame"));
        Assert.Contains(Outbox.Annotation, Fixture.Annotations());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_authority_of_ones_own_is_trusted_where_it_is_named(bool named)
    {
        using var certificates = TestCertificates.Create();
        using var folder = new ConfigurationFile();
        var options = new FakeListenerOptions { Certificate = certificates.IssueServer() };
        await using var receiver = await FakeReceiver.StartAsync(options, Cancelled);
        var ca = folder.With("ca.crt", certificates.AuthorityPem);
        Fixture.Notify(new() { Webhook = new() { Url = receiver.Address, CaFile = named ? ca : null } });
        Fixture.Push("ingestor", "2");

        await Fixture.TickAndNotifyAsync();

        Assert.Equal(named ? 1 : 0, receiver.Requests.Count);
        Assert.Equal(named ? 0 : 1, Fixture.Logger.Lines.Count(line => line.EndsWith(
            "signed by an authority that is not trusted here; name its file as caFile", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("nothing", "is not PEM; give it BEGIN CERTIFICATE blocks")]
    [InlineData(null, "cannot be read; check path and permissions")]
    public async Task A_file_of_authorities_that_cannot_be_used_is_said_and_nothing_is_sent(string? content, string why)
    {
        using var folder = new ConfigurationFile();
        var file = content is null ? "/nowhere/ca.crt" : folder.With("ca.crt", content);
        Fixture.Notify(new() { Webhook = new() { Url = Receiver.Address, CaFile = file } });
        Fixture.Push("ingestor", "2");

        await Fixture.TickAndNotifyAsync();

        Assert.Contains(
            $"Warning: webhook failed, retrying on the next tick: 127.0.0.1: the CA file {file} {why}",
            Fixture.Logger.Lines);
        Assert.Contains(Outbox.Annotation, Fixture.Annotations());
        Assert.Empty(Receiver.Requests);
    }

    private string Keys(int request) => Receiver.Requests[request].Headers["Idempotency-Key"];
}
