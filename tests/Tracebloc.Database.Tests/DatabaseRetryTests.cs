using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Testing;

namespace Tracebloc.Database.Tests;

public sealed class DatabaseRetryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deadlock_is_repeated_after_a_pause_that_grows_at_random()
    {
        var time = new ManualTimeProvider();
        var logger = new RecordingLogger();
        var attempts = 0;
        var running = new DatabaseRetry(time, () => 1, logger).RunAsync(
            _ => ++attempts < 3 ? throw Deadlock() : Task.FromResult(attempts), Token);
        await time.WaitForTimerAsync(null, Token);
        time.Advance(TimeSpan.FromMilliseconds(150));
        await time.WaitForTimerAsync(null, Token);
        time.Advance(TimeSpan.FromMilliseconds(450));

        Assert.Equal(3, await running);
        Assert.Equal([TimeSpan.FromMilliseconds(150), TimeSpan.FromMilliseconds(450)], time.Armed);
        Assert.Equal("Information: deadlock; repeating the transaction, attempt 2 of 8", logger.Lines[0]);
    }

    [Fact]
    public async Task After_eight_attempts_the_last_failure_is_thrown()
    {
        var time = new ManualTimeProvider();
        var attempts = 0;
        var running = new DatabaseRetry(time, () => 0).RunAsync<int>(
            _ =>
            {
                attempts++;
                throw Deadlock();
            },
            Token);
        while (attempts < DatabaseRetry.Attempts)
        {
            await time.WaitForTimerAsync(null, Token);
            time.Advance(DatabaseRetry.Longest);
        }

        await Assert.ThrowsAsync<DatabaseException>(() => running);
        Assert.Equal(8, attempts);
    }

    [Theory]
    [InlineData(DatabaseFailure.Statement)]
    [InlineData(DatabaseFailure.Connection)]
    [InlineData(DatabaseFailure.Access)]
    public async Task Another_failure_is_thrown_at_once(DatabaseFailure failure)
    {
        var attempts = 0;

        await Assert.ThrowsAsync<DatabaseException>(() => new DatabaseRetry(TimeProvider.System, () => 0).RunAsync<int>(
            _ =>
            {
                attempts++;
                throw new DatabaseException(failure, "no");
            },
            Token));

        Assert.Equal(1, attempts);
    }

    [Fact]
    public void A_pause_is_never_shorter_or_longer_than_the_limits() => Check.QuickThrowOnFailure(
        Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), numbers =>
        {
            var time = new ManualTimeProvider();
            var index = 0;
            double Random() => numbers is [] ? 0.5 : Math.Abs(numbers[index++ % numbers.Length] % 1000) / 1000.0;
            var running = new DatabaseRetry(time, Random).RunAsync<int>(_ => throw Deadlock(), Token);
            while (!running.IsCompleted)
                time.Advance(DatabaseRetry.Longest);
            return time.Armed.All(pause => pause >= DatabaseRetry.Shortest && pause <= DatabaseRetry.Longest);
        }));

    private static DatabaseException Deadlock() =>
        new(DatabaseFailure.Conflict, "deadlock") { Number = 1213 };
}
