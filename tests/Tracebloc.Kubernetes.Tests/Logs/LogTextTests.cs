using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Tracebloc.Kubernetes.Tests;

public sealed class LogTextTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2026-01-02T03:04:05.123456789Z hello", "2026-01-02T03:04:05.1234567Z", "hello")]
    [InlineData("2026-01-02T03:04:05.1Z  a b ", "2026-01-02T03:04:05.1Z", " a b ")]
    [InlineData("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z", "")]
    [InlineData("2026-01-02T05:04:05.123456789+02:00 x\r", "2026-01-02T03:04:05.1234567Z", "x")]
    [InlineData("unable to retrieve container logs", null, "unable to retrieve container logs")]
    [InlineData("2026-13-02T03:04:05Z x", null, "2026-13-02T03:04:05Z x")]
    [InlineData("", null, "")]
    [InlineData(".", null, ".")]
    public void A_line_has_a_time_and_a_text(string line, string? time, string text) =>
        Assert.Equal(
            (time is null ? null : DateTimeOffset.Parse(time), text),
            (Parse(line).Time, Parse(line).Text));

    [Fact]
    public void No_bytes_are_too_odd() => Check.QuickThrowOnFailure(
        Prop.ForAll((byte[] line) => LogLine.Parse(line, false).Time is null));

    [Fact]
    public async Task An_answer_is_cut_at_its_line_ends_and_what_has_none_is_kept_apart()
    {
        using var reader = new LogReader(new MemoryStream("one\n\ntwo\r\nthr"u8.ToArray()));

        Assert.Equal(["one", "", "two"], await ReadAsync(reader));
        Assert.Equal("thr", reader.Unfinished?.Text);
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_cut_and_marked()
    {
        var text = new string('x', LogReader.LongestLine);
        using var reader = new LogReader(new MemoryStream(Encoding.ASCII.GetBytes($"{text}\n{text}y\nz\n")));
        var (first, second, third) = (await reader.ReadAsync(Cancelled), await reader.ReadAsync(Cancelled),
            await reader.ReadAsync(Cancelled));

        Assert.Equal((text, false), (first!.Text, first.IsCut));
        Assert.Equal((text, true), (second!.Text, second.IsCut));
        Assert.Equal(("z", false), (third!.Text, third.IsCut));
        Assert.Null(await reader.ReadAsync(Cancelled));
        Assert.Null(reader.Unfinished);
    }

    // Lines are stamped up to half a second out of order, as two streams of one container are; the
    // log is cut anywhere, and the server gives all lines from the asked second on again.
    [Fact]
    public void However_often_a_log_is_cut_no_line_is_missed_or_repeated() => Check.QuickThrowOnFailure(
        Prop.ForAll((byte[] steps, byte[] cuts) =>
        {
            var lines = Lines(steps);
            var place = new LogPlace(null);
            var read = new List<LogLine>();
            var seen = 0;
            foreach (var cut in cuts.Append(byte.MaxValue))
            {
                seen = cut == byte.MaxValue ? lines.Count : Math.Min(lines.Count, seen + (cut % 8));
                place.Resume();
                var from = place.From ?? DateTimeOffset.MinValue;
                read.AddRange(lines.Take(seen).Where(line => line.Time >= from).Where(place.Advance));
            }

            return read.SequenceEqual(lines);
        }));

    [Fact]
    public void Lines_from_before_the_start_are_left_out()
    {
        var place = new LogPlace(DateTimeOffset.Parse("2026-01-02T03:04:05.5Z"));

        Assert.False(place.Advance(Parse("2026-01-02T03:04:05.499999999Z early")));
        Assert.True(place.Advance(Parse("2026-01-02T03:04:05.5Z on time")));
    }

    private static List<LogLine> Lines(byte[] steps)
    {
        var time = DateTimeOffset.Parse("2026-01-02T03:04:05Z");
        var lines = new List<LogLine>();
        foreach (var step in steps)
        {
            // The same time and text may come twice.
            time += TimeSpan.FromMilliseconds(10 * (step % 32));
            var stamp = time - TimeSpan.FromMilliseconds(500 * (step / 128));
            lines.Add(Parse($"{stamp.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff}000000Z line {step % 3}"));
        }

        return lines;
    }

    private static LogLine Parse(string line) => LogLine.Parse(Encoding.UTF8.GetBytes(line), false);

    private static async Task<List<string>> ReadAsync(LogReader reader)
    {
        var lines = new List<string>();
        while (await reader.ReadAsync(Cancelled) is { } line) lines.Add(line.Text);
        return lines;
    }
}
