using Tracebloc.Testing;

namespace Tracebloc.Database.Tests;

/// <summary>The faults of a lock; that it excludes others is shown on real servers.</summary>
public sealed class NamedLockTests
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0")]
    [InlineData(null)]
    public async Task A_lock_that_another_holds_is_not_taken(string? answer)
    {
        await using var server = Start(_ => null, taken: answer);

        Assert.Null(await TakeAsync(server));
    }

    [Fact]
    public async Task A_held_lock_is_asked_for_every_fifteen_seconds()
    {
        await using var server = Start(_ => FakeSqlReply.Row("1"));
        await using var held = await TakeAsync(server);
        Assert.NotNull(held);

        foreach (var _ in Enumerable.Range(0, 3))
        {
            await _time.WaitForTimerAsync(null, Token);
            _time.Advance(Period);
        }

        await _time.WaitForTimerAsync(null, Token);
        Assert.Equal(3, server.Statements.Count(text => text.Contains("IS_USED_LOCK", StringComparison.Ordinal)));
        Assert.False(held.IsLost);
        Assert.False(held.Token.IsCancellationRequested);
    }

    public static TheoryData<FakeSqlReply> Losses =>
    [
        FakeSqlReply.Row("0"),
        FakeSqlReply.Row([null]),
        new FakeSqlReply.Cut(),
        new FakeSqlReply.Error(1927, "Connection was killed", "70100"),
    ];

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_lost_lock_cancels_its_token(FakeSqlReply loss)
    {
        await using var server = Start(_ => loss);
        await using var held = await TakeAsync(server);
        Assert.NotNull(held);
        var lost = new TaskCompletionSource();
        await using var registration = held.Token.Register(lost.SetResult);

        await _time.WaitForTimerAsync(null, Token);
        _time.Advance(Period);

        await lost.Task.WaitAsync(Bound.OfWaits, Token);
        Assert.True(held.IsLost);
    }

    [Fact]
    public async Task A_cancelled_run_is_no_lost_lock()
    {
        await using var server = Start(_ => FakeSqlReply.Row("1"));
        using var run = new CancellationTokenSource();
        var database = await WaitAsync(server);
        await using var held = await NamedLock.TryTakeAsync(
            database, "tracebloc/x", TimeSpan.FromSeconds(60), run.Token);
        Assert.NotNull(held);

        await run.CancelAsync();

        Assert.True(held.Token.IsCancellationRequested);
        Assert.False(held.IsLost);
    }

    [Fact]
    public async Task The_server_ends_a_lock_a_minute_after_its_last_use()
    {
        await using var server = Start(_ => FakeSqlReply.Row("1"));
        await using var held = await TakeAsync(server);

        Assert.Contains(server.Statements, text => text.Contains("wait_timeout=60", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_of_locks_differ_by_every_part_and_are_short()
    {
        string[] names =
        [
            LockName.Of("tracebloc/", "ab", "c"),
            LockName.Of("tracebloc/", "a", "bc"),
            LockName.Of("tracebloc/", "abc"),
        ];

        Assert.Equal(3, names.Distinct().Count());
        Assert.All(names, name => Assert.True(name.Length <= 64));
    }

    private static FakeMySqlServer Start(Func<string, FakeSqlReply?> ping, string? taken = "1") =>
        FakeMySqlServer.Start(text =>
            text.Contains("GET_LOCK", StringComparison.Ordinal) ? FakeSqlReply.Row([taken])
            : text.Contains("IS_USED_LOCK", StringComparison.Ordinal) ? ping(text)
            : null);

    private async Task<NamedLock?> TakeAsync(FakeMySqlServer server) =>
        await NamedLock.TryTakeAsync(await WaitAsync(server), "tracebloc/x", TimeSpan.FromSeconds(60), Token);

    private Task<DatabaseServer> WaitAsync(FakeMySqlServer server) => DatabaseServer.WaitAsync(
        DatabaseScene.OptionsFor(server), TimeSpan.FromSeconds(30), _time, null, Token);
}
