using Tracebloc.Ingestor.Progress;
using Tracebloc.Testing;

namespace Tracebloc.Ingestor.Tests.Progress;

public sealed class ProgressTests
{
    private static readonly Stage Loading = new("Loading", "rows", TotalBytes: 170_000_000);

    private readonly ManualTimeProvider _time = new();
    private readonly RecordingLogger _logger = new();

    [Theory]
    [InlineData(0, 0, 5, "Loading: 0 rows, 0 rows/s")]
    [InlineData(400_000, 68_000_000, 5, "Loading: 400,000 rows, 68.0 of 170.0 MB, 80,000 rows/s, 8 s left")]
    [InlineData(100, 1_000_000, 2, "Loading: 100 rows, 1.0 of 170.0 MB, 50 rows/s, 5 min 38 s left")]
    [InlineData(1, 17_000, 5, "Loading: 1 rows, 0.0 of 170.0 MB, 0 rows/s, 13 h 53 min left")]
    [InlineData(9, 170_000_000, 3, "Loading: 9 rows, 170.0 of 170.0 MB, 3 rows/s")]
    public void A_line_has_count_size_rate_and_time_left(long count, long bytes, int seconds, string line) =>
        Assert.Equal(line, ProgressText.Of(Loading, count, bytes, TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Without_a_total_there_is_no_time_left() => Assert.Equal(
        "Placing: 10 files, 2.0 MB, 5 files/s",
        ProgressText.Of(new("Placing", "files"), 10, 2_000_000, TimeSpan.FromSeconds(2)));

    [Fact]
    public void A_line_is_logged_every_five_seconds()
    {
        using var log = new ProgressLog(Loading, _logger, _time);
        log.Report(10, 1000);

        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Empty(_logger.Lines);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        log.Report(20, 2000);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(
            ["Information: Loading: 10 rows", "Information: Loading: 20 rows"],
            _logger.Lines.Select(line => line.Split(',')[0]));
    }

    [Fact]
    public void A_stage_that_stands_still_logs_nothing_more()
    {
        using var log = new ProgressLog(Loading, _logger, _time);
        log.Report(10, 1000);

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Single(_logger.Lines);
    }

    [Fact]
    public void After_the_stage_nothing_is_logged()
    {
        var log = new ProgressLog(Loading, _logger, _time);
        log.Report(10, 1000);
        log.Dispose();

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(_logger.Lines);
    }
}
