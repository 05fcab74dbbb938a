using Tracebloc.Database;
using Tracebloc.Integration.Tests.ImageRefresh;
using Tracebloc.Testing;
using Tracebloc.Testing.Backend;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>The published ingestor with a database of its own, a volume with the examples, and a backend.</summary>
internal sealed class RunScene : IAsyncDisposable
{
    private readonly RealDatabase _database;
    private readonly DatabaseOptions _options;
    private readonly DirectoryInfo _volume = Directory.CreateTempSubdirectory("volume-");

    private RunScene(RealDatabase database, DatabaseOptions options, FakeBackend backend)
    {
        (_database, _options, Backend) = (database, options, backend);
        Copy(new DirectoryInfo(Documents.Locate("examples/ingest")), Path.Combine(Volume, "examples"));
    }

    public FakeBackend Backend { get; }

    public string Volume => _volume.FullName;

    public static IReadOnlyList<string> Categories { get; } =
        [.. new DirectoryInfo(Documents.Locate("examples/ingest")).EnumerateDirectories()
            .Select(one => one.Name).Order()];

    public static async Task<RunScene> StartAsync(RealDatabase database, CancellationToken token)
    {
        RealParts.SkipWithout(RealParts.PublishedIngestor);
        return new RunScene(
            database, await database.NewAsync(token), await FakeBackend.StartAsync(cancellationToken: token));
    }

    public string Example(string category) => Path.Combine(Volume, "examples", category);

    /// <summary>Starts <c>ingestor run</c> for an example, or for the specification that a test has written.</summary>
    public ChildProgram Start(string category, string key, params (string Name, string Value)[] more) =>
        PublishedProgram.StartFile(
            RealParts.Ingestor,
            ["run"],
            [
                ("INGEST_CONFIG", Path.Combine(Example(category), "ingest.yaml")),
                ("MYSQL_HOST", _options.Host),
                ("MYSQL_PORT", $"{_options.Port}"),
                ("MYSQL_SSL_CA", _options.CaFile ?? ""),
                ("DB_USER", _options.User),
                ("DB_PASSWORD", _options.Password),
                ("DB_NAME", _options.Database),
                ("BACKEND_URL", Backend.Address.ToString()),
                ("BACKEND_TOKEN", Backend.Token),
                ("BATCH_SIZE", "2"),
                ("STORAGE_PATH", Volume),
                ("TRACEBLOC_INGEST_CORRELATION_ID", key),
                .. more,
            ]);

    public async Task<ProgramResult> RunAsync(string category, string key, int exit = 0) =>
        (await Start(category, key).Result).AssertExit(exit);

    /// <summary>The rows of a query in the run's database, a line each.</summary>
    public Task<IReadOnlyList<string>> QueryAsync(string sql, CancellationToken token) =>
        _database.RunAsync($"USE {_options.Database}; {sql}", token);

    /// <summary>The hidden folders of runs that are not over, and scratch folders.</summary>
    public IReadOnlyList<string> Hidden() => Directory.Exists(Path.Combine(Volume, ".tracebloc"))
        ? Directory.GetFileSystemEntries(Path.Combine(Volume, ".tracebloc"))
        : [];

    /// <summary>The names of the files in a table's folder, hidden ones included.</summary>
    public IReadOnlyList<string> FilesOf(string table)
    {
        var folder = new DirectoryInfo(Path.Combine(Volume, table));
        return folder.Exists ? [.. folder.EnumerateFileSystemInfos().Select(file => file.Name).Order()] : [];
    }

    public async ValueTask DisposeAsync()
    {
        await Backend.DisposeAsync();
        _volume.Delete(recursive: true);
    }

    private static void Copy(DirectoryInfo folder, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in folder.EnumerateFiles()) file.CopyTo(Path.Combine(target, file.Name));
        foreach (var below in folder.EnumerateDirectories()) Copy(below, Path.Combine(target, below.Name));
    }
}
