using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Notifications.Metrics;

public sealed class MetricsFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("metrics-");

    private string File => Path.Combine(_folder.FullName, "refresh.prom");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Every_tick_replaces_the_file_and_counts_on()
    {
        await using var fixture = await NotificationFixture.StartAsync(new() { Metrics = new() { File = File } });
        fixture.Push("ingestor", "2");

        await fixture.TickAndNotifyAsync();
        await fixture.TickAndNotifyAsync();

        var lines = await System.IO.File.ReadAllLinesAsync(File, Cancelled);
        Assert.Contains("""tracebloc_image_refresh_ticks_total{namespace="tracebloc",exit_code="0"} 2""", lines);
        Assert.Contains("""tracebloc_image_refresh_images{namespace="tracebloc",outcome="unchanged"} 1""", lines);
        Assert.Contains("""tracebloc_image_refresh_images{namespace="tracebloc",outcome="refreshed"} 0""", lines);
        Assert.Contains(
            """tracebloc_image_refresh_outcomes_total{namespace="tracebloc",outcome="refreshed"} 1""", lines);
        Assert.Contains(
            lines, line => line.EndsWith("""left{namespace="tracebloc",registry="registry-1.docker.io"} 76"""));
        Assert.Contains(lines, line => line.StartsWith(
            """tracebloc_image_refresh_digest_age_seconds{namespace="tracebloc",image="ingestor","""));
        Assert.Equal([File], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public async Task The_duration_of_a_refresh_stays_when_later_ticks_make_none()
    {
        await using var fixture = await NotificationFixture.StartAsync(new() { Metrics = new() { File = File } });
        fixture.Push("ingestor", "2");
        await fixture.TickAndNotifyAsync();

        await fixture.TickAndNotifyAsync();

        Assert.Contains(
            "tracebloc_image_refresh_refresh_duration_seconds_count{namespace=\"tracebloc\",image=\"ingestor\","
            + "workload=\"deployment/acme\"} 1\n",
            await System.IO.File.ReadAllTextAsync(File, Cancelled));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_a_warning_and_no_failure()
    {
        var gone = Path.Combine(_folder.FullName, "gone", "refresh.prom");
        await using var fixture = await NotificationFixture.StartAsync(new() { Metrics = new() { File = gone } });

        var report = await fixture.TickAndNotifyAsync();

        Assert.Equal(0, report.ExitCode);
        Assert.Contains(fixture.Logger.Lines, line => line.StartsWith(
            $"Warning: {gone} did not accept the tick's metrics: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_over_a_megabyte_is_replaced_with_a_warning()
    {
        await System.IO.File.WriteAllBytesAsync(File, new byte[1024 * 1024 + 1], Cancelled);
        await using var fixture = await NotificationFixture.StartAsync(new() { Metrics = new() { File = File } });

        await fixture.TickAndNotifyAsync();

        Assert.Contains(
            $"Warning: {File} was over 1 MiB: it was replaced, and its counters begin anew", fixture.Logger.Lines);
        Assert.True(new FileInfo(File).Length < 1024 * 1024);
    }
}
