using Tracebloc.ImageRefresh.Notices;
using Tracebloc.ImageRefresh.Webhook;
using Tracebloc.Testing;

namespace Tracebloc.ImageRefresh.Tests.Notices;

public sealed class NoticeBoardTests
{
    private static readonly TickReport Report = new(Some.Now, TimeSpan.Zero, [], Some.Policy);

    private readonly ManualTimeProvider _time = new();
    private readonly RecordingLogger _logger = new();

    [Fact]
    public async Task What_goes_wrong_with_one_is_logged_and_the_others_are_told()
    {
        var told = false;
        var broken = new Sink("broken", _ => throw new InvalidOperationException("unforeseen"));
        var whole = new Sink("whole", _ => Task.FromResult(told = true));

        await TellAsync(broken, whole);

        Assert.True(told);
        Assert.Equal(["Error: broken could not be told, by a fault"], _logger.Lines);
    }

    [Fact]
    public async Task Who_takes_too_long_is_cut_short_before_the_Job_is()
    {
        var telling = TellAsync(new Sink("slow", token => new TaskCompletionSource().Task.WaitAsync(token)));
        Assert.False(telling.IsCompleted);

        _time.Advance(NoticeBoard.Deadline);
        await telling.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TickFixture.Cancelled);

        Assert.Equal(["Warning: Not all was told to slow: the time for it was over"], _logger.Lines);
        Assert.True(NoticeBoard.Deadline + WebhookCourier.TakeOffDeadline < TimeSpan.FromMinutes(1));
    }

    private Task TellAsync(params INoticeSink[] sinks) =>
        new NoticeBoard(sinks, new(_time, _ => null, _logger, new ResultWriter(() => Stream.Null)))
            .TellAsync(Report, TickFixture.Cancelled);

    private sealed class Sink(string name, Func<CancellationToken, Task> tell) : INoticeSink
    {
        public string Name => name;

        public Task TellAsync(TickReport report, CancellationToken token) => tell(token);
    }
}
