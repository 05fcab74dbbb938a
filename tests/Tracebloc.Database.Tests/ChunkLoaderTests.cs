using Tracebloc.Testing;

namespace Tracebloc.Database.Tests;

/// <summary>The faults that no real server can be made to commit at will, by both methods.</summary>
public sealed class ChunkLoaderTests
{
    private static readonly LoadTarget Target = new("t", ["id", "a"], [new("intent", "train")]);
    private static readonly string[] Outcomes = ["COMMIT", "ROLLBACK"];

    public static TheoryData<LoadMethod> Methods => [LoadMethod.LocalInfile, LoadMethod.Insert];

    private readonly ManualTimeProvider _time = new();
    private string _owner = "1";
    private long _warnings;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_chunk_whose_rows_were_all_inserted_is_committed(LoadMethod method)
    {
        await using var server = Start(() => new FakeSqlReply.Ok(3));

        var verdict = await LoadAsync(server, method);

        Assert.True(verdict.IsAccepted);
        Assert.Equal((3L, 3L), (verdict.Sent, verdict.Affected));
        Assert.Equal(["COMMIT"], OutcomesOf(server));
        Assert.Empty(server.Unknown);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_count_that_is_short_rolls_the_chunk_back(LoadMethod method)
    {
        await using var server = Start(() => new FakeSqlReply.Ok(2));

        var verdict = await LoadAsync(server, method);

        Assert.Equal(["the server inserted 2 rows of 3, without a warning"], verdict.Faults);
        Assert.Equal(["ROLLBACK"], OutcomesOf(server));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_warning_rolls_the_chunk_back_and_names_the_line(LoadMethod method)
    {
        _warnings = 25;
        await using var server = Start(() => new FakeSqlReply.Ok(3, 25));

        var verdict = await LoadAsync(server, method);

        Assert.Equal(["line 3: Out of range value for column 'a' at row 2 (error 1264)"], verdict.Faults);
        Assert.Equal(["ROLLBACK"], OutcomesOf(server));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_connection_that_is_cut_in_the_load_commits_nothing(LoadMethod method)
    {
        await using var server = Start(() => new FakeSqlReply.Cut());

        var lost = await Assert.ThrowsAsync<DatabaseException>(() => LoadAsync(server, method));

        Assert.Equal(DatabaseFailure.Connection, lost.Failure);
        Assert.DoesNotContain("COMMIT", server.Statements);
    }

    [Fact]
    public async Task A_stream_that_is_cut_commits_nothing()
    {
        await using var server = FakeMySqlServer.Start(text =>
            text.StartsWith("LOAD", StringComparison.Ordinal) ? new FakeSqlReply.CutInStream() : Other(text));

        var lost = await Assert.ThrowsAsync<DatabaseException>(() => LoadAsync(server, LoadMethod.LocalInfile));

        Assert.Equal(DatabaseFailure.Connection, lost.Failure);
        Assert.DoesNotContain("COMMIT", server.Statements);
    }

    public static TheoryData<LoadMethod, int> Conflicts => new(
        from method in new[] { LoadMethod.LocalInfile, LoadMethod.Insert }
        from number in new[] { 1213, 1205 }
        select (method, number));

    [Theory]
    [MemberData(nameof(Conflicts))]
    public async Task A_deadlock_repeats_the_whole_transaction(LoadMethod method, int number)
    {
        var attempts = 0;
        await using var server = Start(() => ++attempts < 3
            ? new FakeSqlReply.Error(number, "try restarting transaction", "40001") : new FakeSqlReply.Ok(3));
        var loading = LoadAsync(server, method);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await _time.WaitForTimerAsync(null, Token);
            _time.Advance(DatabaseRetry.Longest);
        }

        Assert.True((await loading).IsAccepted);
        Assert.Equal(["ROLLBACK", "ROLLBACK", "COMMIT"], OutcomesOf(server));
        Assert.Equal(3, server.Statements.Count(text => text == "START TRANSACTION"));
        Assert.Equal(3, server.Statements.Count(text => text.Contains("SHARE MODE", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_run_that_lost_its_lock_loads_nothing(LoadMethod method)
    {
        _owner = "0";
        await using var server = Start(() => new FakeSqlReply.Ok(3));

        var lost = await Assert.ThrowsAsync<FenceException>(() => LoadAsync(server, method));

        Assert.StartsWith("Table t was taken over by another run", lost.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Statements, IsLoad);
        Assert.Equal(["ROLLBACK"], OutcomesOf(server));
    }

    [Fact]
    public async Task An_error_about_a_row_is_a_verdict_with_the_line()
    {
        await using var server = Start(
            () => new FakeSqlReply.Error(1366, "Incorrect integer value: 'x' for column 'a' at row 3", "22007"));

        var verdict = await LoadAsync(server, LoadMethod.Insert);

        Assert.Equal(
            ["line 4: Incorrect integer value: 'x' for column 'a' at row 3 (error 1366)"], verdict.Faults);
        Assert.Equal(["ROLLBACK"], OutcomesOf(server));
    }

    [Theory]
    [InlineData(203, 0)]
    [InlineData(202, 1)]
    public async Task A_row_longer_than_a_statement_may_be_is_never_sent(int packet, int faults)
    {
        await using var server = FakeMySqlServer.Start(new FakeMySqlOptions
        {
            Answer = text => text.StartsWith("INSERT", StringComparison.Ordinal) ? new FakeSqlReply.Ok(1) : Other(text),
            MaxAllowedPacket = packet,
        });
        // The statement has 139 bytes; 64 are left for its packet.
        var verdict = await LoadAsync(server, LoadMethod.Insert, ["1", "x"], ["2", new string('y', 80)], ["3", "z"]);

        Assert.Equal(
            faults == 0 ? [] : ["line 3: Its INSERT of 139 bytes is longer than the server's max_allowed_packet of "
                + "202; raise max_allowed_packet, or allow local_infile: at row 1 (error 1153)"],
            verdict.Faults);
        Assert.Equal([faults == 0 ? "COMMIT" : "ROLLBACK"], OutcomesOf(server));
        Assert.Equal(3 - 2 * faults, server.Statements.Count(IsLoad));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task An_error_about_the_table_is_thrown(LoadMethod method)
    {
        await using var server = Start(() => new FakeSqlReply.Error(1114, "The table 't' is full"));

        var full = await Assert.ThrowsAsync<DatabaseException>(() => LoadAsync(server, method));

        Assert.Equal(1114, full.Number);
        Assert.Equal(["ROLLBACK"], OutcomesOf(server));
    }

    private static bool IsLoad(string text) =>
        text.StartsWith("LOAD", StringComparison.Ordinal) || text.StartsWith("INSERT", StringComparison.Ordinal);

    private static IEnumerable<string> OutcomesOf(FakeMySqlServer server) =>
        server.Statements.Where(text => Outcomes.Contains(text));

    private FakeMySqlServer Start(Func<FakeSqlReply> load) => FakeMySqlServer.Start(text =>
        text.StartsWith("LOAD", StringComparison.Ordinal) ? new FakeSqlReply.AskForFile(null, _ => load())
        : text.StartsWith("INSERT", StringComparison.Ordinal) ? load()
        : Other(text));

    private FakeSqlReply? Other(string text) =>
        text.Contains("SHARE MODE", StringComparison.Ordinal) ? FakeSqlReply.Row(_owner)
        : text == "SHOW COUNT(*) WARNINGS" ? FakeSqlReply.Row($"{_warnings}")
        : text.StartsWith("SHOW WARNINGS", StringComparison.Ordinal)
            ? FakeSqlReply.Row("Warning", "1264", "Out of range value for column 'a' at row 2")
        : null;

    private Task<ChunkVerdict> LoadAsync(FakeMySqlServer server, LoadMethod method) =>
        LoadAsync(server, method, ["1", "x"], ["2", null], ["3", ""]);

    private async Task<ChunkVerdict> LoadAsync(
        FakeMySqlServer server, LoadMethod method, params string?[][] rows)
    {
        var database = await DatabaseScene.WaitAsync(server, Token);
        var fence = new Fence("Table t", new SqlStatement("SELECT 1 FROM owners LOCK IN SHARE MODE"));
        await using var loader = await ChunkLoader.OpenAsync(
            database, method, Target, new DatabaseRetry(_time, () => 0.5), Token);
        using var chunk = Chunks.Of(rows);
        return await loader.LoadAsync(chunk, fence, Token);
    }
}
