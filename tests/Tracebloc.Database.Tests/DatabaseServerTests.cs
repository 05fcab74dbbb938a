using System.Net;
using System.Net.Sockets;
using Tracebloc.Testing;

namespace Tracebloc.Database.Tests;

public sealed class DatabaseServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_is_known_by_its_version_and_its_settings()
    {
        await using var server = FakeMySqlServer.Start(new FakeMySqlOptions
        {
            Version = "10.11.6-MariaDB",
            LocalInfile = false,
            MaxAllowedPacket = 1 << 20,
        });

        var database = await DatabaseScene.WaitAsync(server, Token);

        Assert.Equal(
            new ServerFacts(ServerKind.MariaDb, "10.11.6-MariaDB", false, 1 << 20, Encryption.None), database.Facts);
        Assert.Empty(server.Unknown);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_named_with_the_time_and_the_cause()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        var options = new DatabaseOptions
        {
            Host = "127.0.0.1",
            Port = port,
            User = "u",
            Password = "p",
            Database = "d",
        };
        var time = new ManualTimeProvider();
        var waiting = DatabaseServer.WaitAsync(options, TimeSpan.FromSeconds(3), time, null, Token);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await time.WaitForTimerAsync(due => due <= TimeSpan.FromSeconds(1), Token);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        var absent = await Assert.ThrowsAsync<DatabaseException>(() => waiting);

        Assert.Equal(DatabaseFailure.Connection, absent.Failure);
        Assert.Equal(
            $"Database 127.0.0.1:{port} did not answer within 3 s: Connection refused; "
            + "check the service and its network policy",
            absent.Message);
    }

    [Fact]
    public async Task A_server_that_is_full_is_tried_again()
    {
        var attempts = 0;
        var logger = new RecordingLogger();
        await using var server = FakeMySqlServer.Start(new FakeMySqlOptions
        {
            Answer = statement => statement.StartsWith("SET SESSION", StringComparison.Ordinal)
                && Interlocked.Increment(ref attempts) == 1
                    ? new FakeSqlReply.Error(1040, "Too many connections", "08004") : null,
        });
        var time = new ManualTimeProvider();
        var waiting = DatabaseServer.WaitAsync(
            DatabaseScene.OptionsFor(server), TimeSpan.FromSeconds(30), time, logger, Token);

        await time.WaitForTimerAsync(due => due <= TimeSpan.FromSeconds(1), Token);
        time.Advance(TimeSpan.FromSeconds(1));
        await waiting;

        Assert.Equal(2, attempts);
        Assert.Contains("waiting up to 30 s", Assert.Single(logger.Lines));
    }

    [Fact]
    public async Task A_rejected_account_is_an_error_at_once()
    {
        await using var server = FakeMySqlServer.Start(new FakeMySqlOptions
        {
            Login = new FakeSqlReply.Error(1045, "Access denied for user 'ingestor'@'localhost'", "28000"),
        });

        var refused = await Assert.ThrowsAsync<DatabaseException>(() => DatabaseScene.WaitAsync(server, Token));

        Assert.Equal(DatabaseFailure.Access, refused.Failure);
        Assert.Equal(1045, refused.Number);
        Assert.Contains("check account, password and grants", refused.Message);
        Assert.DoesNotContain("a password", refused.ToString());
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_database_that_does_not_exist_is_created_on_demand_only()
    {
        var exists = false;
        await using var server = FakeMySqlServer.Start(statement => statement switch
        {
            "USE `datasets`" when !exists => new FakeSqlReply.Error(1049, "Unknown database 'datasets'", "42000"),
            "CREATE DATABASE IF NOT EXISTS `datasets` CHARACTER SET utf8mb4" => Created(),
            _ => null,
        });
        var database = await DatabaseScene.WaitAsync(server, Token);
        await using var session = await database.OpenAsync(SessionUse.Control, Token);
        Assert.False(session.HasDatabase);

        await session.CreateDatabaseAsync("datasets", Token);

        Assert.True(session.HasDatabase);

        FakeSqlReply Created()
        {
            exists = true;
            return new FakeSqlReply.Ok(1);
        }
    }

    [Fact]
    public void Options_are_written_without_the_password()
    {
        var options = new DatabaseOptions { Host = "h", User = "u", Password = "secret", Database = "d" };

        Assert.Equal("u@h:3306/d", options.ToString());
    }
}
