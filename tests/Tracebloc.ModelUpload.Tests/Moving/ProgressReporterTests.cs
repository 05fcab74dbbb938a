using System.Text.Json;
using Tracebloc.ModelUpload.Moving;
using Tracebloc.Testing;

namespace Tracebloc.ModelUpload.Tests.Moving;

public sealed class ProgressReporterTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Elsewhere_than_on_a_terminal_a_JSON_line_comes_every_ten_seconds()
    {
        var (counter, output) = (new TransferCounter(1000, _time), new StringWriter());
        using var reporter = new ProgressReporter(counter, output, null, _time);
        counter.Moved(SomeSource.PathOf("w.bin"), 250);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal("", output.ToString());

        _time.Advance(TimeSpan.FromSeconds(1));

        var line = JsonDocument.Parse(Assert.Single(output.ToString().TrimEnd().Split('\n'))).RootElement;
        Assert.Equal("w.bin", line.GetProperty("file").GetString());
        Assert.Equal(250, line.GetProperty("bytes").GetInt64());
        Assert.Equal(1000, line.GetProperty("total").GetInt64());
        Assert.Equal(25, line.GetProperty("rate").GetInt64());
        Assert.Equal(30, line.GetProperty("secondsLeft").GetInt64());
    }

    [Fact]
    public void On_a_terminal_one_line_is_written_over_and_leaves_nothing()
    {
        var (counter, output) = (new TransferCounter(1000, _time), new StringWriter());
        var reporter = new ProgressReporter(counter, output, 80, _time);
        counter.Moved(SomeSource.PathOf("w.bin"), 500);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        reporter.Dispose();

        Assert.DoesNotContain('\n', output.ToString());
        Assert.Contains("50%", output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\r\x1b[K", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_of_a_lost_attempt_are_taken_back()
    {
        var counter = new TransferCounter(1000, _time);
        counter.Moved(SomeSource.PathOf("w.bin"), 500);
        counter.Moved(SomeSource.PathOf("w.bin"), -500);
        Assert.Equal(0, counter.State.Bytes);
    }
}
