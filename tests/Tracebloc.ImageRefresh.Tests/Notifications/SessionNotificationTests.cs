using Tracebloc.ImageRefresh.Verbs;
using Tracebloc.Testing;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Notifications;

/// <summary>Notifications of <c>run</c> and <c>watch</c>, from the configuration file on.</summary>
public sealed class SessionNotificationTests : IDisposable
{
    private readonly ConfigurationFile _folder = new();

    [Fact]
    public async Task A_run_tells_what_it_did_and_a_dry_run_tells_nobody()
    {
        await using var fixture = await StartAsync();
        await using var receiver = await FakeReceiver.StartAsync(cancellationToken: Cancelled);
        await fixture.SeenAsync(fixture.SetEnv());
        Write(fixture, receiver);
        fixture.Push("ingestor", "2");

        Assert.Equal(0, await RunAsync(fixture, dryRun: true));
        Assert.Empty(receiver.Requests);
        Assert.Empty(fixture.Api.Writes);
        Assert.False(File.Exists(_folder.Beside("refresh.prom")));

        Assert.Equal(0, await RunAsync(fixture, dryRun: false));
        Assert.Equal(["/", "/v1/metrics"], receiver.Requests.Select(request => request.Path).Order());
        Assert.Single(fixture.Api.List("events"));
        Assert.True(File.Exists(_folder.Beside("refresh.prom")));
    }

    [Fact]
    public async Task Who_is_told_has_time_of_his_own_beside_the_ticks()
    {
        await using var fixture = await StartAsync();
        var quiet = new RefreshSession(new(), new(null, null), fixture.Context());
        var telling = new RefreshSession(
            new() { Notifications = new() { Events = true } }, new(null, null), fixture.Context());

        Assert.Equal(TimeSpan.FromSeconds(30), telling.TickTimeout - quiet.TickTimeout);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<int> RunAsync(TickFixture fixture, string config, string kubeconfig, bool dryRun) =>
        new RunVerb(_ => fixture.Context()).ExecuteAsync(
            new() { Config = config, Cluster = new(kubeconfig, null), DryRun = dryRun }, Cancelled);

    private Task<int> RunAsync(TickFixture fixture, bool dryRun) =>
        RunAsync(fixture, _folder.Beside("refresh.yaml"), _folder.Beside("kubeconfig"), dryRun);

    private void Write(TickFixture fixture, FakeReceiver receiver) => _folder.WithImageOf(
        fixture,
        $$"""
        events: true
        metrics: {file: refresh.prom, otlp: "{{receiver.Address}}"}
        webhook: {url: "{{receiver.Address}}"}
        """);
}
