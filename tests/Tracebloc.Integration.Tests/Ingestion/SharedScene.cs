using System.Globalization;
using System.Text;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>
/// A data set that the processes of an indexed Job load together. Its file has what makes records hard to find: line
/// ends of all kinds in and between them, quotes in quotes, a mark at its beginning, and no line end at its end.
/// </summary>
internal sealed class SharedScene : IAsyncDisposable
{
    public const string Table = "houses_train", Key = "key";

    private const string Category = "tabular_regression";

    private SharedScene(RunScene run) => Run = run;

    public RunScene Run { get; }

    /// <summary>The labels at the backend by the ids of their rows, and the bins, a line each.</summary>
    public IReadOnlyList<string> Record =>
    [
        .. Run.Backend.Labels.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => $"{row.Key} {row.Value}"),
        .. Run.Backend.Metadata.Select(body => body.ToJsonString()),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<SharedScene> StartAsync(RealDatabase database, int rows = 1_000)
    {
        var scene = new SharedScene(await RunScene.StartAsync(database, Token));
        await scene.Run.WriteAsync(Category, "rows.csv", _ => Rows(rows));
        return scene;
    }

    /// <summary>Starts one of several pods.</summary>
    public ChildProgram Start(int pod, int pods, params (string Name, string Value)[] more) => Run.Start(
        Category,
        Key,
        [
            ("BATCH_SIZE", "500"),
            ("TRACEBLOC_INGEST_SHARDS", $"{pods}"),
            ("JOB_COMPLETION_INDEX", $"{pod}"),
            .. more,
        ]);

    /// <summary>Runs all pods to their ends.</summary>
    public async Task<IReadOnlyList<ProgramResult>> RunAsync(int pods)
    {
        var results = await Task.WhenAll(Enumerable.Range(0, pods).Select(pod => Start(pod, pods).Result));
        return [.. results.Select(result => result.AssertExit(0))];
    }

    /// <summary>Gives the table the salt that it has in another scene: then its rows have the same ids.</summary>
    public async Task TakeSaltAsync(SharedScene other)
    {
        const string tables = "tracebloc_ingest_v1_tables";
        var from = Assert.Single(await other.Run.QueryAsync("SELECT DATABASE()", Token));
        await Run.QueryAsync(
            $"CREATE TABLE {tables} LIKE {from}.{tables}; INSERT INTO {tables} (table_name, salt) "
            + $"SELECT table_name, salt FROM {from}.{tables}",
            Token);
    }

    /// <summary>Makes the table as it is in another scene, without rows.</summary>
    public async Task TakeTableAsync(SharedScene other) => await Run.QueryAsync(
        $"CREATE TABLE {Table} LIKE {Assert.Single(await other.Run.QueryAsync("SELECT DATABASE()", Token))}.{Table}",
        Token);

    /// <summary>Each row takes the server some time.</summary>
    public Task SlowDownAsync() => Run.QueryAsync(
        $"CREATE TRIGGER slow BEFORE INSERT ON {Table} FOR EACH ROW SET NEW.status = SLEEP(0.01)", Token);

    /// <summary>The rows, with everything but their times and the id of their run.</summary>
    public Task<IReadOnlyList<string>> RowsAsync() => Run.QueryAsync(
        "SELECT id, data_id, data_intent, status, label, rooms, area, HEX(street), sold "
        + $"FROM {Table} ORDER BY id",
        Token);

    /// <summary>No trace of slices and of their values.</summary>
    public async Task AssertNoSlicesAsync()
    {
        Assert.Empty(await Run.QueryAsync("SELECT slice FROM tracebloc_ingest_v1_slices", Token));
        Assert.Empty(await Run.QueryAsync("SELECT chunk FROM tracebloc_ingest_v1_slice_keys", Token));
    }

    /// <summary>All rows once, by one run that is registered, and no trace of the parts.</summary>
    public async Task AssertWholeAsync(int rows = 1_000)
    {
        Assert.Equal([$"{rows}\t{rows}\t1\t1\t{rows}"], await Run.QueryAsync(
            "SELECT COUNT(*), COUNT(DISTINCT data_id), COUNT(DISTINCT ingestor_id), MIN(id), MAX(id) FROM " + Table,
            Token));
        Assert.Equal(["registered"], await Run.QueryAsync("SELECT phase FROM tracebloc_ingest_v1_runs", Token));
        Assert.Empty(await Run.QueryAsync("SELECT part FROM tracebloc_ingest_v1_parts", Token));
        await AssertNoSlicesAsync();
        Assert.Equal(["NULL"], await Run.QueryAsync("SELECT HEX(owner) FROM tracebloc_ingest_v1_tables", Token));
        Assert.Equal(rows, Run.Backend.Labels.Count);
        Assert.Single(Run.Backend.Datasets);
        Assert.Empty(Run.Backend.Unexpected);
        Assert.Empty(Run.Hidden());
    }

    public ValueTask DisposeAsync() => Run.DisposeAsync();

    private static string Rows(int count)
    {
        string[] streets =
            ["Mill Lane", "\"Rue \"\"Haute\"\", 3\"", "\"two\nlines\"", "\"a\r\nb,\"", "Große Gasse", ""];
        string[] ends = ["\n", "\r\n", "\r", "\n\n"];
        var text = new StringBuilder("\uFEFFrooms,area,street,sold,price\r\n");
        for (var row = 1; row <= count; row++)
        {
            var date = $"{row % 28 + 1}/{row % 12 + 1}/2001";
            text.Append(
                CultureInfo.InvariantCulture,
                $"{row % 9},{row}.5,{streets[row % streets.Length]},{date},{row * 37 % 991}")
                .Append(row < count ? ends[row % ends.Length] : "");
        }

        return text.ToString();
    }
}
