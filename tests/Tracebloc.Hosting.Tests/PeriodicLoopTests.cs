using System.Threading.Channels;
using Tracebloc.Testing;

namespace Tracebloc.Hosting.Tests;

/// <summary>The loop of <c>image-refresh watch</c>, on a clock that moves by hand.</summary>
public sealed class PeriodicLoopTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_tick_comes_at_once_and_the_next_after_the_interval()
    {
        await using var looping = await LoopFixture.StartAsync(random: 0.5);
        await looping.TickAsync();

        var pause = await looping.Time.WaitForTimerAsync(null, Cancelled);

        Assert.Equal(Interval, pause);
        looping.Time.Advance(pause - TimeSpan.FromSeconds(1));
        Assert.Equal(1, looping.Started);
        looping.Time.Advance(TimeSpan.FromSeconds(1));
        await looping.TickAsync();
    }

    [Theory]
    [InlineData(0.0, 13.5)]
    [InlineData(1.0, 16.5)]
    public async Task The_pause_is_spread_over_a_tenth_of_the_interval(double random, double minutes)
    {
        await using var looping = await LoopFixture.StartAsync(random);
        await looping.TickAsync();

        Assert.Equal(TimeSpan.FromMinutes(minutes), await looping.Time.WaitForTimerAsync(null, Cancelled));
        Assert.True(TimeSpan.FromMinutes(minutes) <= PeriodicLoop.LongestPause(Interval));
    }

    [Fact]
    public async Task The_interval_counts_from_the_start_of_a_tick()
    {
        await using var looping = await LoopFixture.StartAsync(random: 0.5);

        await looping.TickAsync(lasting: TimeSpan.FromMinutes(4));

        Assert.Equal(TimeSpan.FromMinutes(11), await looping.Time.WaitForTimerAsync(null, Cancelled));
    }

    [Fact]
    public async Task A_tick_that_takes_longer_than_the_interval_is_followed_by_the_next_and_never_overlapped()
    {
        await using var looping = await LoopFixture.StartAsync(random: 0.5);

        await looping.TickAsync(lasting: TimeSpan.FromMinutes(40));
        await looping.TickAsync();

        Assert.Equal((2, 1), (looping.Started, looping.MostAtOnce));
    }

    [Fact]
    public async Task A_fault_in_one_tick_does_not_end_the_loop()
    {
        await using var looping = await LoopFixture.StartAsync(random: 0.5);

        await looping.TickAsync(fault: new InvalidOperationException("unforeseen"));
        looping.Time.Advance(await looping.Time.WaitForTimerAsync(null, Cancelled));
        await looping.TickAsync();

        Assert.Contains(looping.Logger.Lines, line => line.StartsWith("Error: Tick failed unexpectedly"));
    }

    [Fact]
    public async Task It_stops_in_mid_tick_and_in_mid_pause()
    {
        await using var ticking = await LoopFixture.StartAsync(random: 0.5);
        await ticking.WaitForTickAsync();
        await ticking.StopAsync();

        await using var pausing = await LoopFixture.StartAsync(random: 0.5);
        await pausing.TickAsync();
        await pausing.Time.WaitForTimerAsync(null, Cancelled);
        await pausing.StopAsync();

        Assert.Equal((1, 1), (ticking.Started, pausing.Started));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(12, false)]
    public async Task It_is_ready_by_how_the_last_tick_ended(int exitCode, bool isReady)
    {
        await using var looping = await LoopFixture.StartAsync(random: 0.5);

        await looping.TickAsync(exitCode: exitCode);
        await looping.Time.WaitForTimerAsync(null, Cancelled);

        Assert.Equal(isReady, looping.Health.IsReady);
    }

    /// <summary>A loop whose ticks wait until the test ends them.</summary>
    private sealed class LoopFixture : IAsyncDisposable
    {
        private readonly Channel<TaskCompletionSource<int>> _ticks =
            Channel.CreateUnbounded<TaskCompletionSource<int>>();
        private readonly PeriodicLoop _loop;
        private int _running;

        private LoopFixture(double random)
        {
            Health = new LoopHealth(Time, TimeSpan.FromHours(1));
            _loop = new PeriodicLoop(RunAsync, Interval, Health, new SteadyRandom(random), Time, Logger);
        }

        public ManualTimeProvider Time { get; } = new();

        public RecordingLogger Logger { get; } = new();

        public LoopHealth Health { get; }

        public int Started { get; private set; }

        public int MostAtOnce { get; private set; }

        public static async Task<LoopFixture> StartAsync(double random)
        {
            var looping = new LoopFixture(random);
            await looping._loop.StartAsync(Cancelled);
            return looping;
        }

        /// <summary>Waits for the tick that runs, or is next to, and ends it.</summary>
        public async Task TickAsync(TimeSpan lasting = default, int exitCode = 0, Exception? fault = null)
        {
            var tick = await WaitForTickAsync();
            Time.Advance(lasting);
            if (fault is null)
                tick.SetResult(exitCode);
            else
                tick.SetException(fault);
        }

        public ValueTask<TaskCompletionSource<int>> WaitForTickAsync() => _ticks.Reader.ReadAsync(Cancelled);

        public Task StopAsync() => _loop.StopAsync(Cancelled).WaitAsync(Cancelled);

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            _loop.Dispose();
        }

        private async Task<int> RunAsync(CancellationToken token)
        {
            Started++;
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _running));
            var end = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            await _ticks.Writer.WriteAsync(end, token);
            try
            {
                return await end.Task.WaitAsync(token);
            }
            finally
            {
                Interlocked.Decrement(ref _running);
            }
        }
    }

    private sealed class SteadyRandom(double value) : Random
    {
        public override double NextDouble() => value;
    }
}
