using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Applying;
using Tracebloc.ImageRefresh.Notifications;
using Tracebloc.Testing;

namespace Tracebloc.ImageRefresh.Tests.Notifications;

public sealed class NotificationDispatcherTests
{
    private static readonly TickResult Report = new(Some.Now, TimeSpan.Zero, [], Some.Policy);

    private readonly ManualTimeProvider _time = new();
    private readonly RecordingLogger _logger = new();

    [Fact]
    public async Task What_goes_wrong_with_one_is_logged_and_the_others_are_told()
    {
        var told = false;
        var broken = new Sink("broken", _ => throw new InvalidOperationException("unforeseen"));
        var whole = new Sink("whole", _ => Task.FromResult(told = true));

        await SendAsync(broken, whole);

        Assert.True(told);
        Assert.Equal(["Error: broken failed unexpectedly"], _logger.Lines);
    }

    [Fact]
    public async Task Who_takes_too_long_is_cut_short_before_the_Job_is()
    {
        var telling = SendAsync(new Sink("slow", token => new TaskCompletionSource().Task.WaitAsync(token)));
        Assert.False(telling.IsCompleted);

        _time.Advance(Deadlines.Notifications);
        await telling.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TickFixture.Cancelled);

        Assert.Equal(["Warning: slow timed out: not every notification was sent"], _logger.Lines);
        Assert.True(Deadlines.Notifications + Deadlines.WebhookTakeOff < TimeSpan.FromMinutes(1));
    }

    private Task SendAsync(params INotifier[] sinks) =>
        new NotificationDispatcher(sinks, new(_time, _ => null, _logger, new ResultWriter(() => Stream.Null)))
            .SendAsync(Report, TickFixture.Cancelled);

    private sealed class Sink(string name, Func<CancellationToken, Task> tell) : INotifier
    {
        public string Name => name;

        public Task SendAsync(TickResult report, CancellationToken token) => tell(token);
    }
}
