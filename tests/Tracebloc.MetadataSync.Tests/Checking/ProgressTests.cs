using Tracebloc.MetadataSync.Checking;
using Tracebloc.Testing;

namespace Tracebloc.MetadataSync.Tests.Checking;

public sealed class ProgressTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly RecordingLogger _log = new();

    [Fact]
    public void A_terminal_has_one_line_that_is_written_over_and_taken_away()
    {
        using var terminal = new StringWriter();
        using (var progress = new Progress(_time, _log, terminal))
        {
            progress.Show(() => "too early");
            _time.Advance(TimeSpan.FromMilliseconds(100));
            progress.Show(() => "one");
            progress.Show(() => "too soon");
            _time.Advance(TimeSpan.FromMilliseconds(100));
            progress.Show(() => "two");
        }

        Assert.Equal("\r\u001b[Kone\r\u001b[Ktwo\r\u001b[K", terminal.ToString());
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void Elsewhere_the_log_has_a_line_every_ten_seconds()
    {
        using var progress = new Progress(_time, _log, terminal: null);
        for (var second = 0; second < 25; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            var now = second;
            progress.Show(() => $"{now}");
        }

        Assert.Equal(["Information: 9", "Information: 19"], _log.Lines);
    }
}
