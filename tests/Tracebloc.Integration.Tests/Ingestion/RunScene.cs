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

    private RunScene(RealDatabase database, DatabaseOptions options, FakeBackend backend) =>
        (_database, _options, Backend) = (database, options, backend);

    public FakeBackend Backend { get; }

    public string Volume => _volume.FullName;

    /// <summary>Where tests put images that runs take from the area of uploads.</summary>
    public string Staged => Path.Combine(Volume, ".tracebloc-staging", "images");

    public static async Task<RunScene> StartAsync(RealDatabase database, CancellationToken token)
    {
        RealParts.SkipWithout(RealParts.PublishedIngestor);
        return new RunScene(
            database, await database.NewAsync(token), await FakeBackend.StartAsync(cancellationToken: token));
    }

    /// <summary>The folder of an example on the volume, where it is copied when it is first asked for.</summary>
    public string Example(string category)
    {
        var folder = Path.Combine(Volume, "examples", category);
        if (!Directory.Exists(folder)) new IngestExample(category).CopyTo(folder);
        return folder;
    }

    /// <summary>Rewrites a file of an example.</summary>
    public async Task WriteAsync(string category, string name, Func<string, string> change)
    {
        var file = Path.Combine(Example(category), name);
        var text = File.Exists(file) ? await File.ReadAllTextAsync(file) : "";
        await File.WriteAllTextAsync(file, change(text));
    }

    /// <summary>Starts <c>ingestor run</c> for an example, or for the specification that a test has written.</summary>
    public ChildProgram Start(string category, string key, params (string Name, string Value)[] more) =>
        PublishedProgram.StartFile(RealParts.Ingestor, ["run"], Variables(category, key, more));

    /// <summary>Runs <c>ingestor undo</c> in the environment of a run.</summary>
    public Task<ProgramResult> UndoAsync(
        string category, string key, params (string Name, string Value)[] more) =>
        PublishedProgram.StartFile(RealParts.Ingestor, ["undo"], Variables(category, key, more)).Result;

    /// <summary>Starts <c>ingestor delete</c> in the same environment, of which it needs database and volume.</summary>
    public ChildProgram StartDelete(string table, params (string Name, string Value)[] more) =>
        PublishedProgram.StartFile(
            RealParts.Ingestor, ["delete", table], Variables("tabular_regression", "of-no-run", more));

    /// <summary>
    /// Starts <c>ingestor run</c> under strace, which sends it a signal at one of its calls that change the volume; the
    /// output lists the calls.
    /// </summary>
    /// <param name="category">The example.</param>
    /// <param name="key">The run's key.</param>
    /// <param name="signal">KILL or TERM.</param>
    /// <param name="call">The last call before the signal.</param>
    /// <param name="more">Further variables.</param>
    public ChildProgram Trace(
        string category, string key, string signal, int call, params (string Name, string Value)[] more)
    {
        RealParts.SkipWithout(RealParts.Tracer);
        string[] ambient = ["PATH", "HOME", "PARTS_HOME"];
        return PublishedProgram.StartFile(
            RealParts.TraceScript,
            ["signal", signal, $"{call}", Volume, RealParts.Ingestor ?? "", "run"],
            Variables(
                category,
                key,
                [
                    .. from name in ambient
                       let value = Environment.GetEnvironmentVariable(name)
                       where value is not null
                       select (name, value),
                    .. more,
                ]));
    }

    /// <summary>
    /// A proxy before the server, and the variables by which a run goes through it. Its account logs in with TLS first:
    /// afterwards MySQL lets it in without.
    /// </summary>
    public async Task<(MySqlProxy Proxy, (string Name, string Value)[] Variables)> ProxyAsync(
        CallCounter counter, CancellationToken token)
    {
        await RealDatabase.OpenAsync(_options, token);
        var proxy = MySqlProxy.Start(_database.Port, counter);
        return (proxy, [("MYSQL_PORT", $"{proxy.Port}"), ("MYSQL_SSL_CA", "")]);
    }

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

    /// <summary>The names of the files that are there.</summary>
    public IReadOnlyList<string?> StagedNames() =>
        [.. Directory.GetFiles(Staged).Select(Path.GetFileName).Order()];

    public async ValueTask DisposeAsync()
    {
        await Backend.DisposeAsync();
        _volume.Delete(recursive: true);
    }

    private (string Name, string Value)[] Variables(
        string category, string key, params (string Name, string Value)[] more) =>
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
        ];
}
