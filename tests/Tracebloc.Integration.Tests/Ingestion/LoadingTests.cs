using System.Text;
using Tracebloc.Database;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>A chunk is loaded whole and as it was written, or not at all: on both servers, by both methods.</summary>
[Collection(RealDatabases.Collection)]
public sealed class LoadingTests(RealDatabases databases)
{
    private static readonly string[] Texts =
    [
        "plain", "", " outer blanks ", "NULL", "\\N", "\\", "\\\\N", "it's", "\"quoted\"", "a\tb", "line\nbreak",
        "dos\r\nbreak", "\0", "\u001a", "?", "@x", "%s", "; DROP TABLE t; --", "/* */", "Größe", "日本語", "🦉👩‍👧",
        "0007", "-0", "1e5", new('x', 70_000),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Methods), MemberType = typeof(RealDatabases))]
    public async Task What_is_loaded_reads_back_as_it_was_written(ServerKind kind, LoadMethod method)
    {
        var scene = await LoadingScene.StartAsync(databases[kind], method, "a MEDIUMTEXT, b VARCHAR(20)", Token);
        IReadOnlyList<string?> values = [.. Texts, null];
        using var chunk = LoadingScene.Chunk([.. values]);

        var verdict = await scene.LoadAsync(chunk, Token);

        Assert.Equal([], verdict.Faults);
        Assert.Equal(
            values.Select((value, index) => $"{index + 1}\t{Hex(value)}\ttrain"),
            await scene.ReadAsync("id, IFNULL(HEX(a), 'NULL'), intent", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Methods), MemberType = typeof(RealDatabases))]
    public async Task A_value_that_does_not_fit_takes_the_chunk_back_and_names_its_line(
        ServerKind kind, LoadMethod method)
    {
        var scene = await LoadingScene.StartAsync(databases[kind], method, "a VARCHAR(5)", Token);
        using var chunk = LoadingScene.Chunk("fits", "too long", "fits");

        var verdict = await scene.LoadAsync(chunk, Token);

        Assert.Matches("^line 3: Data (too long|truncated) for column 'a' at row 2", Fault(verdict));
        Assert.Empty(await scene.ReadAsync("id", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Methods), MemberType = typeof(RealDatabases))]
    public async Task A_number_that_is_none_takes_the_chunk_back_and_names_its_line(
        ServerKind kind, LoadMethod method)
    {
        var scene = await LoadingScene.StartAsync(databases[kind], method, "a INT", Token);
        using var chunk = LoadingScene.Chunk("1", null, "seven");

        var verdict = await scene.LoadAsync(chunk, Token);

        Assert.StartsWith("line 4: Incorrect integer value: 'seven'", Fault(verdict), StringComparison.Ordinal);
        Assert.Empty(await scene.ReadAsync("id", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Methods), MemberType = typeof(RealDatabases))]
    public async Task A_row_that_is_there_already_takes_the_chunk_back(ServerKind kind, LoadMethod method)
    {
        var scene = await LoadingScene.StartAsync(databases[kind], method, "a TEXT", Token);
        await scene.RunAsync("INSERT INTO t (id, a) VALUES (2, 'other')", Token);
        using var chunk = LoadingScene.Chunk("x", "y", "z");

        var verdict = await scene.LoadAsync(chunk, Token);

        Assert.StartsWith("Duplicate entry '2'", Fault(verdict), StringComparison.Ordinal);
        Assert.Equal(["2\tother"], await scene.ReadAsync("id, a", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Methods), MemberType = typeof(RealDatabases))]
    public async Task A_trigger_that_refuses_a_row_takes_the_chunk_back(ServerKind kind, LoadMethod method)
    {
        var scene = await LoadingScene.StartAsync(databases[kind], method, "a TEXT", Token);
        await scene.RunAsync(
            "CREATE TRIGGER w BEFORE INSERT ON t FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'odd row'",
            Token);
        using var chunk = LoadingScene.Chunk("x", "y");

        var verdict = await scene.LoadAsync(chunk, Token);

        Assert.Equal("odd row (error 1644)", Fault(verdict));
        Assert.Empty(await scene.ReadAsync("id", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Methods), MemberType = typeof(RealDatabases))]
    public async Task A_lost_deadlock_is_repeated_until_the_chunk_is_in(ServerKind kind, LoadMethod method)
    {
        var scene = await LoadingScene.StartAsync(databases[kind], method, "a TEXT", Token);
        await using var rival = await scene.Server.OpenAsync(SessionUse.Control, Token);
        using var chunk = LoadingScene.Chunk("x", "y", "z");
        await rival.ExecuteAsync(new SqlStatement("START TRANSACTION"), Token);
        // The server ends the smaller of two transactions.
        await rival.ExecuteAsync(
            new SqlStatement("INSERT INTO t (id, a) WITH RECURSIVE n (i) AS "
                + "(SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 600) SELECT i, 'rival' FROM n"),
            Token);
        await rival.ExecuteAsync(new SqlStatement("INSERT INTO t (id, a) VALUES (3, 'rival')"), Token);

        var loading = scene.LoadAsync(chunk, Token);
        await scene.WaitForLockWaitAsync(Token);
        await rival.ExecuteAsync(new SqlStatement("INSERT INTO t (id, a) VALUES (1, 'rival')"), Token);
        await rival.ExecuteAsync(new SqlStatement("ROLLBACK"), Token);

        Assert.Equal([], (await loading).Faults);
        Assert.Equal(["1\tx", "2\ty", "3\tz"], await scene.ReadAsync("id, a", Token));
        Assert.Contains(scene.Log.Lines, line => line.Contains("repeating the transaction", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Methods), MemberType = typeof(RealDatabases))]
    public async Task A_thief_of_the_table_waits_for_the_chunk_and_the_next_one_loads_nothing(
        ServerKind kind, LoadMethod method)
    {
        var scene = await LoadingScene.StartAsync(databases[kind], method, "a TEXT", Token);
        await using var thief = await scene.Server.OpenAsync(SessionUse.Control, Token);
        using var first = LoadingScene.Chunk("x");
        Assert.True((await scene.LoadAsync(first, Token)).IsAccepted);

        await thief.ExecuteAsync(new SqlStatement("UPDATE owners SET owner = 2"), Token);
        using var second = LoadingScene.Chunk("y");
        await Assert.ThrowsAsync<FenceException>(() => scene.LoadAsync(second, Token));

        Assert.Equal(["1\tx"], await scene.ReadAsync("id, a", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_server_that_forbids_LOAD_DATA_LOCAL_is_known_before_and_refuses_in_time(ServerKind kind)
    {
        var scene = await LoadingScene.StartAsync(databases[kind], LoadMethod.LocalInfile, "a TEXT", Token);
        await databases[kind].AllowLocalInfileAsync(false, Token);
        var server = await RealDatabase.OpenAsync(scene.Server.Options, Token);
        using var chunk = LoadingScene.Chunk("x");

        var refused = await Assert.ThrowsAsync<DatabaseException>(() => scene.LoadAsync(chunk, Token));

        Assert.Equal(LoadMethod.Insert, LoadChoice.Of(server.Facts, null).Method);
        Assert.Equal(LoadMethod.Insert, LoadChoice.Of(scene.Server.Facts, null).After(refused)?.Method);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Inserts_stay_under_the_servers_packet(ServerKind kind)
    {
        var usual = Assert.Single(await databases[kind].RunAsync("SELECT @@GLOBAL.max_allowed_packet", Token));
        await databases[kind].RunAsync("SET GLOBAL max_allowed_packet = 1048576", Token);
        try
        {
            var scene = await LoadingScene.StartAsync(databases[kind], LoadMethod.Insert, "a MEDIUMTEXT", Token);
            Assert.Equal(1048576, scene.Server.Facts.MaxAllowedPacket);
            using var chunk = LoadingScene.Chunk(
                [.. Enumerable.Range(0, 40).Select(index => new string('\'', 100_000 + index))]);

            Assert.Equal([], (await scene.LoadAsync(chunk, Token)).Faults);

            Assert.Equal(["40\t4000780"], await scene.ReadAsync("COUNT(*), SUM(LENGTH(a))", Token));
        }
        finally
        {
            await databases[kind].RunAsync($"SET GLOBAL max_allowed_packet = {usual}", CancellationToken.None);
        }
    }

    private static string Fault(ChunkVerdict verdict) => Assert.Single(verdict.Faults);

    private static string Hex(string? value) =>
        value is null ? "NULL" : Convert.ToHexString(Encoding.UTF8.GetBytes(value));
}
