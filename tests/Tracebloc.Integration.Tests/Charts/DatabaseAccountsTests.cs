using System.Text;
using Tracebloc.Charts.Tests.Harness;
using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;

namespace Tracebloc.Integration.Tests.Charts;

/// <summary>The statements of charts/client that make the database's accounts, on real servers.</summary>
[Collection(RealDatabases.Collection)]
public sealed class DatabaseAccountsTests(RealDatabases servers) : IAsyncDisposable
{
    private readonly List<(RealDatabase Server, string Drop)> _made = [];

    public static TheoryData<ServerKind> Kinds => RealDatabases.Kinds;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Each_account_does_its_work_and_changes_nothing_of_the_others(ServerKind kind)
    {
        var accounts = await MakeAsync(servers[kind]);
        await using var jobsManager = await OpenAsync(servers[kind], accounts.JobsManager);
        await using var runs = await OpenAsync(servers[kind], accounts.Runs);

        await WriteAsync(jobsManager, accounts.JobsManager.Database);
        await WriteAsync(runs, accounts.Runs.Database);
        await jobsManager.ExecuteAsync(new SqlStatement($"SELECT * FROM {accounts.Runs.Database}.t"), Token);
        await AssertDeniedAsync(jobsManager, $"INSERT INTO {accounts.Runs.Database}.t VALUES (4)");
        await AssertDeniedAsync(jobsManager, $"DROP TABLE {accounts.Runs.Database}.t");
        await AssertDeniedAsync(runs, $"SELECT * FROM {accounts.JobsManager.Database}.t");
        await AssertDeniedAsync(runs, "SELECT * FROM mysql.user");
        await AssertDeniedAsync(jobsManager, "CREATE DATABASE another");
    }

    /// <summary>As on a volume whose account an earlier release has made, or a person has changed.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Another_start_takes_back_a_grant_and_sets_the_password(ServerKind kind)
    {
        var accounts = await MakeAsync(servers[kind]);
        var user = $"{accounts.JobsManager.User}@'%'";
        await servers[kind].RunAsync(
            $"GRANT ALL PRIVILEGES ON {accounts.Runs.Database}.* TO {user}; ALTER USER {user} IDENTIFIED BY 'mine'",
            Token);

        await servers[kind].RunAsync(accounts.Sql, Token);

        await using var jobsManager = await OpenAsync(servers[kind], accounts.JobsManager);
        await AssertDeniedAsync(jobsManager, $"CREATE TABLE {accounts.Runs.Database}.u (a INT)");
    }

    /// <summary>Without the test run's token: the servers outlive a cancelled run.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var (server, drop) in _made)
            await server.RunAsync(drop, CancellationToken.None);
    }

    /// <summary>The chart's statements, with names that no other test has.</summary>
    private async Task<Accounts> MakeAsync(RealDatabase server)
    {
        var secret = (await Chart.Client.RenderAsync()).Find("Secret", "acme-db");
        var id = $"{Guid.NewGuid():n}"[..12];
        var sql = Decoded(secret, "accounts.sql")
            .Replace("`metadata`", $"`metadata_{id}`")
            .Replace("`training_test_datasets`", $"`datasets_{id}`")
            .Replace("tracebloc_jobs_manager", $"manager_{id}")
            .Replace("tracebloc_runs", $"runs_{id}");
        _made.Add((server, $"DROP DATABASE IF EXISTS metadata_{id}; DROP DATABASE IF EXISTS datasets_{id}; "
            + $"DROP USER IF EXISTS manager_{id}@'%', runs_{id}@'%'"));
        await server.RunAsync(sql, Token);
        return new Accounts(
            sql,
            new Account($"manager_{id}", Decoded(secret, "JOBS_MANAGER_DB_PASSWORD"), $"metadata_{id}"),
            new Account($"runs_{id}", Decoded(secret, "DB_PASSWORD"), $"datasets_{id}"));
    }

    private static async Task<DatabaseSession> OpenAsync(RealDatabase server, Account account)
    {
        var options = new DatabaseOptions
        {
            Host = "127.0.0.1",
            Port = server.Port,
            User = account.User,
            Password = account.Password,
            Database = account.Database,
            CaFile = server.CaFile,
        };
        return await (await RealDatabase.OpenAsync(options, Token)).OpenAsync(SessionUse.Control, Token);
    }

    private static async Task WriteAsync(DatabaseSession session, string database)
    {
        string[] statements =
        [
            $"CREATE TABLE {database}.t (a INT)", $"ALTER TABLE {database}.t ADD UNIQUE INDEX i (a)",
            $"INSERT INTO {database}.t VALUES (1), (2)", $"UPDATE {database}.t SET a = 3 WHERE a = 1",
            $"DELETE FROM {database}.t WHERE a = 2",
        ];
        foreach (var statement in statements)
            await session.ExecuteAsync(new SqlStatement(statement), Token);
    }

    private static async Task AssertDeniedAsync(DatabaseSession session, string sql)
    {
        var denied = await Assert.ThrowsAsync<DatabaseException>(
            () => session.ExecuteAsync(new SqlStatement(sql), Token));

        Assert.Contains("denied", denied.ServerMessage);
    }

    private static string Decoded(Manifest secret, string key) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(secret["data"][key].Text));

    private sealed record Account(string User, string Password, string Database);

    private sealed record Accounts(string Sql, Account JobsManager, Account Runs);
}
