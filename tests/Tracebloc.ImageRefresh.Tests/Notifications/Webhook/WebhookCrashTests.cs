using Tracebloc.ImageRefresh.Notifications.Webhook;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Notifications.Webhook;

/// <summary>A tick that loses its connection at any of its calls, before the server sees it or after it has.</summary>
public sealed class WebhookCrashTests
{
    private const int MostCalls = 20;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_call_fails_the_refresh_is_told_and_all_that_is_sent_twice_has_one_id(bool after)
    {
        var cut = 0;
        while (await IsCutAsync(cut + 1, after ? FakeFault.DropAfter : FakeFault.DropBefore))
            Assert.True(++cut < MostCalls, "the refresh never ended");
        // To read, to patch, to follow, to conclude; and to read and to patch once it was sent.
        Assert.True(cut >= 6, $"only {cut} calls were cut");
    }

    /// <returns>Whether there was such a call.</returns>
    private static async Task<bool> IsCutAsync(int call, FakeFault fault)
    {
        await using var fixture = await StartAsync();
        await using var receiver = await FakeReceiver.StartAsync(cancellationToken: Cancelled);
        await fixture.SeenAsync(fixture.SetEnv());
        fixture.NotifyWebhook(receiver);
        var digest = fixture.Push("ingestor", "2");
        var isCut = false;
        fixture.Api.Fail(each => each.Number == call && (isCut = true), fault);

        for (var tick = 0; tick < 3; tick++)
        {
            var telling = fixture.SendAsync(await fixture.TickThroughWaitsAsync());
            await fixture.PassWaitsUntilAsync(telling);
            await telling;
        }

        Assert.Single(receiver.Requests.Select(request => request.Headers["Idempotency-Key"]).Distinct());
        Assert.All(receiver.Bodies, body => Assert.Equal($"{digest}", (string?)body["to"]));
        Assert.DoesNotContain(Outbox.Annotation, fixture.Annotations());
        return isCut;
    }
}
