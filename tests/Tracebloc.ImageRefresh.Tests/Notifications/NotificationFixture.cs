using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Applying;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Notifications;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Kubernetes;
using Tracebloc.Registry;
using Tracebloc.Testing;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests;

/// <summary>A tick with its notifications, as a session sends them.</summary>
internal static class NotificationFixture
{
    public static ProgramContext Context(this TickFixture fixture) => new(
        fixture.Time,
        variable => variable == "HOSTNAME" ? "refresh-1" : null,
        fixture.Logger,
        new ResultWriter(() => Stream.Null));

    /// <summary>An ingestor that a tick has seen, with notifications enabled from then on.</summary>
    public static async Task<TickFixture> StartAsync(NotificationOptions options)
    {
        var fixture = await TickFixture.StartAsync();
        await fixture.SeenAsync(fixture.SetEnv());
        fixture.Notify(options);
        return fixture;
    }

    public static void Notify(this TickFixture fixture, NotificationOptions options) =>
        fixture.Configuration = fixture.Configuration with { Notifications = options };

    public static void NotifyWebhook(this TickFixture fixture, FakeReceiver receiver) =>
        fixture.Notify(new() { Webhook = new WebhookOptions { Url = receiver.Address } });

    public static async Task<TickResult> TickAndNotifyAsync(this TickFixture fixture)
    {
        var report = await fixture.TickThroughWaitsAsync();
        await fixture.SendAsync(report);
        return report;
    }

    public static async Task SendAsync(this TickFixture fixture, TickResult report)
    {
        var limits = new Dictionary<string, RateLimit>
        {
            ["registry-1.docker.io"] = new() { Remaining = 76 },
            ["ghcr.io"] = new(),
        };
        var connection = new KubernetesClientConfiguration { Server = fixture.Api.Address, Token = fixture.Api.Token };
        var patient = new KubernetesClientOptions { RequestTimeout = TimeSpan.FromHours(3) };
        using var client = new KubernetesClient(connection, fixture.Time, patient);
        await NotificationDispatcher
            .Open(fixture.Configuration.Notifications, new WorkloadApi(client, "tracebloc"), limits, fixture.Context())
            .SendAsync(report, Cancelled);
    }
}
