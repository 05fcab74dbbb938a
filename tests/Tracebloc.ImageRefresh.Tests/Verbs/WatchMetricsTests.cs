using System.Net;
using Tracebloc.CommandLine;
using Tracebloc.ImageRefresh.Notifications.Metrics;
using Tracebloc.ImageRefresh.Verbs;
using Tracebloc.Testing;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Verbs;

/// <summary>The metrics that <c>watch --listen</c> serves, from the configuration file to the scraper.</summary>
public sealed class WatchMetricsTests : IDisposable
{
    private readonly ConfigurationFile _folder = new();

    [Fact]
    public async Task The_page_holds_what_the_metrics_file_holds_after_each_tick_but_a_dry_run()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv());
        Write(fixture);
        var page = new MetricsPage();
        var session = RefreshSession.Open(_folder.Beside("refresh.yaml"), Cluster(), fixture.Context(), page);
        Assert.Equal("", page.Text);

        await session.TickAsync(dryRun: true, default, Cancelled);
        Assert.Equal("", page.Text);

        for (var content = 2; content <= 4; content++)
        {
            fixture.Push("ingestor", $"{content}");
            Assert.Equal(0, await session.TickAsync(dryRun: false, default, Cancelled));
            Assert.Equal(await File.ReadAllTextAsync(_folder.Beside("refresh.prom"), Cancelled), page.Text);
        }
        Assert.Contains("ticks_total{namespace=\"tracebloc\",exit_code=\"0\"} 3\n", page.Text);
        Assert.Contains("outcomes_total{namespace=\"tracebloc\",outcome=\"refreshed\"} 3\n", page.Text);
    }

    [Fact]
    public async Task A_watch_is_scraped_where_it_listens()
    {
        await using var fixture = await StartAsync();
        fixture.Push("ingestor", "1");
        Write(fixture);
        var address = new IPEndPoint(IPAddress.Loopback, FreePort.Next());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);

        var watch = new WatchVerb(_ => fixture.Context()).ExecuteAsync(
            new()
            {
                Config = _folder.Beside("refresh.yaml"),
                Cluster = Cluster(),
                Interval = TimeSpan.FromDays(1),
                Listen = address,
            },
            stop.Token);
        // The pause after the first tick.
        await fixture.Time.WaitForTimerAsync(due => due > TimeSpan.FromHours(12), Cancelled);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var page = await client.GetStringAsync(new Uri($"http://{address}/metrics"), Cancelled);
        await stop.CancelAsync();
        await watch;

        Assert.Contains("images{namespace=\"tracebloc\",outcome=\"recorded\"} 1\n", page);
        Assert.Equal(await File.ReadAllTextAsync(_folder.Beside("refresh.prom"), Cancelled), page);
    }

    public void Dispose() => _folder.Dispose();

    private void Write(TickFixture fixture) => _folder.WithImageOf(fixture, "metrics: {file: refresh.prom}");

    private ClusterOptions Cluster() => new(_folder.Beside("kubeconfig"), null);
}
