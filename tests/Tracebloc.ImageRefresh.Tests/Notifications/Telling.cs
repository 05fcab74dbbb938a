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

/// <summary>A tick and what is told of it, as a session does the two.</summary>
internal static class Telling
{
    public static ProgramContext Context(this TickFixture fixture) => new(
        fixture.Time,
        variable => variable == "HOSTNAME" ? "refresh-1" : null,
        fixture.Logger,
        new ResultWriter(() => Stream.Null));

    /// <summary>An ingestor that a tick has seen, and who is told what becomes of it from there on.</summary>
    public static async Task<TickFixture> StartAsync(NotificationOptions options)
    {
        var fixture = await TickFixture.StartAsync();
        await fixture.SeenAsync(fixture.SetEnv());
        fixture.Tell(options);
        return fixture;
    }

    public static void Tell(this TickFixture fixture, NotificationOptions options) =>
        fixture.Configuration = fixture.Configuration with { Notices = options };

    public static void TellTo(this TickFixture fixture, FakeReceiver receiver) =>
        fixture.Tell(new() { Webhook = new WebhookOptions { Url = receiver.Address } });

    public static async Task<TickResult> TickAndTellAsync(this TickFixture fixture)
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
            .Open(fixture.Configuration.Notices, new WorkloadApi(client, "tracebloc"), limits, fixture.Context())
            .SendAsync(report, Cancelled);
    }
}
