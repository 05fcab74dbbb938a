using System.Globalization;
using System.Text;
using Tracebloc.Database;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestor;
using Tracebloc.Ingestor.Loading;
using Tracebloc.Ingestor.Tables;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>A source is loaded into its table on both servers by both methods, and reads back.</summary>
[Collection(RealDatabases.Collection)]
public sealed class TableLoadTests(RealDatabases databases) : IDisposable
{
    private static readonly IngestSpecification Specification = new()
    {
        Category = "tabular_classification",
        Table = TableScene.Table,
        Intent = Intent.Train,
        Source = "source.csv",
        Format = SourceFormat.Csv,
        Label = new("y", LabelPolicy.Passthrough, null),
        Schema =
        [
            Column("tiny TINYINT"), Column("big BIGINT"), Column("money DECIMAL(65,30)"), Column("real_number DOUBLE"),
            Column("flag BOOL"), Column("code CHAR(4)"), Column("name VARCHAR(80)"), Column("note TEXT"),
            Column("raw BLOB"), Column("day DATE"), Column("at DATETIME"), Column("clock TIME"),
        ],
    };

    private const string Digits = "12345678901234567890123456789012345.123456789012345678901234567890";

    private static string[] Header => ["y", .. Specification.Schema.Select(column => column.Name)];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("load");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(RealDatabases.Methods), MemberType = typeof(RealDatabases))]
    public async Task Values_of_every_type_read_back_as_they_were_written(ServerKind kind, LoadMethod method)
    {
        string[] first =
        [
            "cat", "-128", "9223372036854775807", Digits, "1e-300", "true", "0007", "it's \"quoted\"",
            "line\nbreak, \\ and 🦉", "'raw'", "2024-02-29", "2024-12-31 23:59:59.123456", "23:59:59.5",
        ];
        string[] second =
        [
            "dog", "127", "-9223372036854775808", "-0.000000000000000000000000000001", "-1.7976931348623157e308", "no",
            "ÄÖÜß", "NaNa", "a\tb", "x", "1000-01-01", "1970-01-01T00:00:00Z", "00:00:00",
        ];
        string[] missing = ["", "NA", "", "NULL", "nan", "None", "", "", "n/a", "null", "", "", ""];
        await using var scene = await StartAsync(kind, method);

        await LoadAsync(scene, method, Csv([Header, first, second, missing]));

        Assert.Equal(
            [
                $"cat|-128|9223372036854775807|{Digits}|1e-300|1|0007|it's \"quoted\"|line\\nbreak, \\\\ and 🦉|'raw'"
                + "|2024-02-29|2024-12-31 23:59:59.123456|23:59:59.500000",
                "dog|127|-9223372036854775808|-0.000000000000000000000000000001|-1.7976931348623157e308|0|ÄÖÜß|NaNa"
                + "|a\\tb|x|1000-01-01|1970-01-01 00:00:00.000000|00:00:00.000000",
                string.Join('|', Enumerable.Repeat("NULL", 13)),
            ],
            await scene.RunAsync(
                "SELECT CONCAT_WS('|', IFNULL(label, 'NULL'), "
                + string.Join(", ", Specification.Schema.Select(column => $"IFNULL({column.Name}, 'NULL')"))
                + $") FROM {TableScene.Table} ORDER BY id",
                Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Methods), MemberType = typeof(RealDatabases))]
    public async Task Random_rows_that_are_valid_read_back(ServerKind kind, LoadMethod method)
    {
        const int count = 1000;
        var seed = Random.Shared.Next();
        var rows = new RandomRows(seed);
        var made = Enumerable.Range(0, count).Select(_ => rows.Next()).ToList();
        var specification = Specification with
        {
            Schema = [.. RandomRows.Columns.Select(column => Column($"{column.Name} {column.Type}"))],
            Label = null,
        };
        await using var scene = await StartAsync(kind, method, specification);

        await LoadAsync(
            scene,
            method,
            Csv([[.. RandomRows.Columns.Select(column => column.Name)], .. made.Select(row => row.Cells)]),
            specification);

        var read = await scene.RunAsync(
            $"SELECT {string.Join(", ", RandomRows.Columns.Select(column => column.Read))} FROM {TableScene.Table} "
            + "ORDER BY id",
            Token);
        Assert.Equal(count, read.Count);
        foreach (var (index, (cells, values)) in made.Index())
            Assert.True(
                values.Zip(read[index].Split('\t')).All(one => Same(one.First ?? "NULL", one.Second)),
                $"seed {seed}, row {index}: {string.Join(" | ", cells)} is {read[index]}");
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Methods), MemberType = typeof(RealDatabases))]
    public async Task Many_rows_are_loaded_once_each_with_the_ids_of_every_attempt(ServerKind kind, LoadMethod method)
    {
        // Three chunks.
        const int count = 12_000;
        var source = new StringBuilder("y,big,note\n");
        for (var row = 0; row < count; row++)
            source.Append(CultureInfo.InvariantCulture, $"c{row % 7},{row},{new string('n', 1000)}\n");
        await using var scene = await StartAsync(kind, method);

        var first = await LoadAsync(scene, method, source.ToString());
        var ids = await scene.RunAsync($"SELECT BIT_XOR(CRC32(data_id)) FROM {TableScene.Table}", Token);
        var table = new DatasetTable(scene.Session, await scene.TakeAsync("run-1", Token));
        await table.AddUniqueAsync(Token);
        await table.UndoAsync(TableScene.Run("run-1"), isDropped: false, Token);
        var second = await LoadAsync(scene, method, source.ToString());

        Assert.Equal((count, count), (first.Rows, second.Rows));
        Assert.Equal(ids, await scene.RunAsync($"SELECT BIT_XOR(CRC32(data_id)) FROM {TableScene.Table}", Token));
        Assert.Equal(
            [$"{count}\t{count}\t1\t{count}\t{(long)count * (count - 1) / 2}"],
            await scene.RunAsync(
                "SELECT COUNT(*), COUNT(DISTINCT data_id), MIN(id), MAX(id), SUM(big * (big = id - 1)) "
                + $"FROM {TableScene.Table}",
                Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Methods), MemberType = typeof(RealDatabases))]
    public async Task Rows_of_a_narrower_table_are_named_and_taken_back(ServerKind kind, LoadMethod method)
    {
        await using var scene = await StartAsync(kind, method);
        await scene.RunAsync($"ALTER TABLE {TableScene.Table} MODIFY name VARCHAR(3)", Token);

        var rejected = await Assert.ThrowsAsync<IngestorException>(
            () => LoadAsync(scene, method, "y,name\na,abc\nb,abcd\n"));

        Assert.Contains("line 3: Data too", rejected.Message.Replace("truncated", "too", StringComparison.Ordinal));
        Assert.Equal(["0"], await scene.RunAsync($"SELECT COUNT(*) FROM {TableScene.Table}", Token));
    }

    private static Column Column(string declaration)
    {
        var parts = declaration.Split(' ');
        Assert.True(SqlType.TryParse(parts[1], out var type, out _));
        return new Column(parts[0], type);
    }

    private static string Csv(IEnumerable<string[]> rows) =>
        string.Concat(rows.Select(row => string.Join(',', row.Select(Quoted)) + "\n"));

    // A server writes a DOUBLE with other digits than .NET.
    private static bool Same(string expected, string read) => expected == read
        || (double.TryParse(expected, CultureInfo.InvariantCulture, out var left)
            && double.TryParse(read, CultureInfo.InvariantCulture, out var right)
            && expected.Contains('E', StringComparison.Ordinal) | read.Contains('e', StringComparison.Ordinal)
            && left.Equals(right));

    // A backslash escapes itself; a missing value stands without quotes.
    private static string Quoted(string cell) => cell.AsSpan().ContainsAny("\",\\\n\r")
        ? $"\"{cell.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : cell;

    private async Task<TableScene> StartAsync(
        ServerKind kind, LoadMethod method, IngestSpecification? specification = null)
    {
        await databases[kind].AllowLocalInfileAsync(method == LoadMethod.LocalInfile, Token);
        var scene = await TableScene.StartAsync(databases[kind], Token);
        var table = new DatasetTable(scene.Session, await scene.TakeAsync("run-1", Token));
        await table.CreateAsync((specification ?? Specification).Shape, "run-1", Token);
        return scene;
    }

    private async Task<LoadResult> LoadAsync(
        TableScene scene, LoadMethod method, string source, IngestSpecification? specification = null)
    {
        var dataset = specification ?? Specification;
        var path = Path.Combine(_folder.FullName, dataset.Source);
        await File.WriteAllTextAsync(path, source, Token);
        await using var reader = await RecordSource.OpenAsync(
            new SourceFile(path, dataset.Source), dataset, Token);
        var ownership = await scene.TakeAsync("run-1", Token);
        using var ids = new RowIds("run-1", ownership.Salt);
        var rows = new RowSource(dataset, reader.Header, new Dictionary<string, DateOrder>());
        var encoder = new RowEncoder(dataset, reader.Header, rows, ids);
        using var loader = new TableLoader(new LoadJob
        {
            Server = scene.Server,
            Fence = ownership.Fence,
            Target = encoder.Target(TableScene.Run("run-1").IngestorId),
            Choice = LoadChoice.Of(scene.Server.Facts, method),
            FirstId = 1,
            Retry = TableScene.Retry,
            Time = TimeProvider.System,
            Logger = new RecordingLogger(),
        });
        return await loader.RunAsync(reader, encoder, Token);
    }
}
