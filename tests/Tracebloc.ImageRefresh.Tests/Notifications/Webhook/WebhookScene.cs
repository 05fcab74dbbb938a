using Tracebloc.Testing;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Notifications.Webhook;

/// <summary>A workload with an image that was seen, and a receiver that is configured as its webhook.</summary>
public abstract class WebhookScene : IAsyncLifetime
{
    private TickFixture? _fixture;
    private FakeReceiver? _receiver;

    private protected TickFixture Fixture => _fixture ?? throw new InvalidOperationException();

    private protected FakeReceiver Receiver => _receiver ?? throw new InvalidOperationException();

    public async ValueTask InitializeAsync()
    {
        (_fixture, _receiver) = (await StartAsync(), await FakeReceiver.StartAsync(cancellationToken: Cancelled));
        await Fixture.SeenAsync(Fixture.SetEnv());
        Fixture.NotifyWebhook(Receiver);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Receiver.DisposeAsync();
        await Fixture.DisposeAsync();
    }
}
