using Tracebloc.Database;
using Tracebloc.Database.Tests;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestor.Loading;
using Tracebloc.Testing;

namespace Tracebloc.Ingestor.Tests.Loading;

/// <summary>The loader against a server that fails at will; that rows read back is shown on real servers.</summary>
public sealed class TableLoaderTests : IAsyncDisposable
{
    private const string Source = "price,rooms\n1,2\n3,4\n5,6\n";

    private static readonly IngestSpecification Streets =
        LoadingScene.Houses with { Schema = [new("street", new(SqlBase.Text)), new("price", new(SqlBase.Double))] };

    private readonly LoadingScene _scene = new();
    private readonly RecordingLogger _logger = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task All_rows_are_loaded_and_counted()
    {
        await using var server = Start(() => new FakeSqlReply.Ok(3));

        var result = await LoadAsync(server, Source, Token);

        Assert.Equal((3, 1), (result.Rows, result.Connections));
        Assert.Equal(["Information: Loading by LOAD DATA LOCAL: the server has local_infile=ON"], _logger.Lines);
        Assert.Contains("COMMIT", server.Statements);
    }

    [Fact]
    public async Task Rejected_rows_end_the_load_and_are_named()
    {
        await using var server = Start(() => new FakeSqlReply.Ok(2));

        var rejected = await Assert.ThrowsAsync<IngestorException>(() => LoadAsync(server, Source, Token));

        Assert.Equal(
            "Table houses: the server rejected rows, and all rows of this run are taken back: "
            + "the server inserted 2 rows of 3, without a warning",
            rejected.Message);
        Assert.DoesNotContain("COMMIT", server.Statements);
    }

    [Fact]
    public async Task A_server_that_refuses_LOAD_DATA_LOCAL_is_loaded_by_INSERT()
    {
        await using var server = FakeMySqlServer.Start(text =>
            text.StartsWith("LOAD", StringComparison.Ordinal)
                ? new FakeSqlReply.Error(3948, "Loading local data is disabled")
            : text.StartsWith("INSERT", StringComparison.Ordinal) ? new FakeSqlReply.Ok(3)
            : Other(text));

        var result = await LoadAsync(server, Source, Token);

        Assert.Equal(3, result.Rows);
        Assert.Equal(
            "Information: Loading by INSERT: the server refused LOAD DATA LOCAL (error 3948)", _logger.Lines[^1]);
    }

    [Fact]
    public async Task Each_connection_turns_to_INSERT_when_LOAD_DATA_LOCAL_is_refused_during_the_load()
    {
        using var second = new ManualResetEventSlim();
        using var turned = new ManualResetEventSlim();
        using var refused = new ManualResetEventSlim();
        var loads = 0;
        await using var server = FakeMySqlServer.Start(text =>
        {
            if (text.StartsWith("INSERT", StringComparison.Ordinal))
            {
                // The other connection sends by LOAD DATA once more.
                turned.Set();
                Wait(refused);
                return new FakeSqlReply.Ok(text.Split("),(").Length);
            }

            return text.StartsWith("LOAD", StringComparison.Ordinal) ? Load(Interlocked.Increment(ref loads))
                : Other(text);
        });

        // Each row is 60 kB; a second connection is opened after four chunks.
        var row = $"1,{new string('x', 60_000)}\n";
        var count = 7 * ChunkBuilder.MostBytes / row.Length;
        var source = $"price,street\n{string.Concat(Enumerable.Repeat(row, count))}";
        var result = await LoadAsync(server, Streets, source, Token);

        Assert.Equal((count, 2), (result.Rows, result.Connections));

        FakeSqlReply Load(int number)
        {
            if (number == 5) Wait(second);
            if (number == 6)
            {
                second.Set();
                Wait(turned);
            }

            if (number == 7) refused.Set();
            return number is 5 or > 6
                ? new FakeSqlReply.Error(3948, "Loading local data is disabled")
                : new FakeSqlReply.AskForFile(null, file => new FakeSqlReply.Ok(file.Count(one => one == '\n')));
        }

        static void Wait(ManualResetEventSlim signal) => signal.Wait(TimeSpan.FromSeconds(30), Token);
    }

    [Fact]
    public async Task A_lost_connection_ends_the_load()
    {
        await using var server = Start(() => new FakeSqlReply.Cut());

        var lost = await Assert.ThrowsAsync<DatabaseException>(() => LoadAsync(server, Source, Token));

        Assert.Equal(DatabaseFailure.Connection, lost.Failure);
    }

    [Fact]
    public async Task A_source_without_rows_loads_none()
    {
        await using var server = Start(() => new FakeSqlReply.Ok(0));

        Assert.Equal(0, (await LoadAsync(server, "price,rooms\n", Token)).Rows);
        Assert.DoesNotContain(server.Statements, text => text.StartsWith("LOAD", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cancelled_load_ends()
    {
        using var run = new CancellationTokenSource();
        await using var server = Start(() =>
        {
            run.Cancel();
            return new FakeSqlReply.Ok(3);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LoadAsync(server, Source, run.Token));
    }

    private static FakeMySqlServer Start(Func<FakeSqlReply> load) => FakeMySqlServer.Start(text =>
        text.StartsWith("LOAD", StringComparison.Ordinal) ? new FakeSqlReply.AskForFile(null, _ => load())
        : Other(text));

    private static FakeSqlReply? Other(string text) =>
        text == "SELECT 1 LOCK IN SHARE MODE" ? FakeSqlReply.Row("1")
        : text == "SHOW COUNT(*) WARNINGS" ? FakeSqlReply.Row("0")
        : null;

    private Task<LoadResult> LoadAsync(FakeMySqlServer server, string source, CancellationToken token) =>
        LoadAsync(server, LoadingScene.Houses, source, token);

    private async Task<LoadResult> LoadAsync(
        FakeMySqlServer server, IngestSpecification specification, string source, CancellationToken token)
    {
        var database = await DatabaseScene.WaitAsync(server, Token);
        var (reader, encoder) = await _scene.OpenAsync(specification, source, Token);
        await using (reader)
        {
            using var loader = new TableLoader(new LoadJob
            {
                Server = database,
                Fence = new Fence("Table houses", new SqlStatement("SELECT 1 LOCK IN SHARE MODE")),
                Target = encoder.Target("run-1"),
                Choice = LoadChoice.Of(database.Facts, null),
                FirstId = 1,
                Retry = new DatabaseRetry(TimeProvider.System, () => 0.5),
                Time = TimeProvider.System,
                Logger = _logger,
            });
            return await loader.RunAsync(reader, encoder, token);
        }
    }
}
