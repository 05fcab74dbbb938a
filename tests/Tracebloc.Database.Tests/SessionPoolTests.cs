using Tracebloc.Testing;

namespace Tracebloc.Database.Tests;

public sealed class SessionPoolTests
{
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connection_is_used_again()
    {
        await using var server = FakeMySqlServer.Start(_ => null);
        await using var pool = await StartAsync(server, new());

        var first = await UseAsync(pool);
        var second = await UseAsync(pool);

        Assert.Same(first, second);
        Assert.Contains(server.Statements, text => text.Contains("READ COMMITTED", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_more_connections_are_open_than_allowed()
    {
        await using var server = FakeMySqlServer.Start(_ => null);
        await using var pool = await StartAsync(server, new() { MostOpen = 2, MostIdle = 1 });
        TaskCompletionSource begun = new(), done = new();
        var (first, second) = (HoldAsync(pool, begun, done.Task), HoldAsync(pool, null, done.Task));
        await begun.Task;

        var third = UseAsync(pool);
        Assert.False(third.IsCompleted);
        done.SetResult();

        var sessions = await Task.WhenAll(first, second, third);
        Assert.Equal(2, sessions.Distinct().Count());
        Assert.Single(sessions.Distinct(), session => session.IsOpen);
    }

    [Fact]
    public async Task A_connection_has_its_age()
    {
        await using var server = FakeMySqlServer.Start(_ => null);
        await using var pool = await StartAsync(server, new() { Lifetime = TimeSpan.FromSeconds(5) });
        var first = await UseAsync(pool);

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.NotSame(first, await UseAsync(pool));
        Assert.False(first.IsOpen);
    }

    [Fact]
    public async Task A_connection_that_was_silent_is_asked_for_and_replaced_when_it_is_lost()
    {
        await using var server = FakeMySqlServer.Start(_ => null);
        await using var pool = await StartAsync(server, new());
        var first = await UseAsync(pool);
        await first.DisposeAsync();

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.NotSame(first, await UseAsync(pool));
    }

    [Theory]
    [InlineData("reject", true)]
    [InlineData("cut", false)]
    [InlineData("cancel", false)]
    public async Task Only_a_connection_that_is_intact_is_used_again(string failure, bool isUsedAgain)
    {
        await using var server = FakeMySqlServer.Start(text => text switch
        {
            "reject" => new FakeSqlReply.Error(1406, "Data too long"),
            "cut" => new FakeSqlReply.Cut(),
            _ => null,
        });
        await using var pool = await StartAsync(server, new());
        DatabaseSession? first = null;

        await Assert.ThrowsAnyAsync<Exception>(() => pool.UseAsync(
            async session =>
            {
                first = session;
                if (failure == "cancel") throw new OperationCanceledException();
                return await session.ExecuteAsync(new SqlStatement(failure), Token);
            },
            Token));

        Assert.Equal(isUsedAgain, ReferenceEquals(first, await UseAsync(pool)));
    }

    [Fact]
    public async Task Nothing_stays_open_after_the_end()
    {
        await using var server = FakeMySqlServer.Start(_ => null);
        var pool = await StartAsync(server, new());
        var done = new TaskCompletionSource();
        var held = HoldAsync(pool, null, done.Task);
        var idle = await UseAsync(pool);

        await pool.DisposeAsync();
        done.SetResult();

        Assert.False(idle.IsOpen);
        Assert.False((await held).IsOpen);
    }

    private static Task<DatabaseSession> UseAsync(SessionPool pool) => pool.UseAsync(Task.FromResult, Token);

    private static Task<DatabaseSession> HoldAsync(SessionPool pool, TaskCompletionSource? begun, Task done) =>
        pool.UseAsync(
            async session =>
            {
                begun?.SetResult();
                await done;
                return session;
            },
            Token);

    private async Task<SessionPool> StartAsync(FakeMySqlServer server, SessionPoolOptions options) => new(
        await DatabaseServer.WaitAsync(
            DatabaseScene.OptionsFor(server), TimeSpan.FromSeconds(30), _time, null, Token),
        SessionUse.Sharing, options);
}
