using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Images;

/// <summary>A run with a processor in the images of the ingestor, against a real server.</summary>
[Collection(RealDatabases.Collection)]
public sealed class ProcessorImageTests(RealDatabases databases) : IDisposable
{
    private const string Shared = "/data/shared", Authority = "/etc/mysql-ca.crt";

    private readonly DirectoryInfo _volume = Directory.CreateTempSubdirectory("volume-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _volume.Delete(recursive: true);

    [Fact]
    public async Task The_image_with_python_runs_a_processor()
    {
        var database = databases[ServerKind.MySql];
        var options = await database.NewAsync(Token);

        (await RunAsync("ingestor-python", options)).AssertExit(0);

        Assert.Equal(
            ["2\tRUE \"HAUTE\", 3", "3\tGROSSE GASSE"],
            await database.RunAsync(
                $"SELECT rooms, street FROM {options.Database}.houses_train ORDER BY id LIMIT 2", Token));
    }

    [Fact]
    public async Task The_image_without_python_names_the_one_with_it()
    {
        var options = await databases[ServerKind.MySql].NewAsync(Token);

        var result = (await RunAsync("ingestor", options)).AssertExit(2);

        Assert.Contains(
            "no python3 is installed; use the image of the ingestor whose tag ends in -python", result.Error);
    }

    private async Task<ProgramResult> RunAsync(string name, DatabaseOptions options)
    {
        await using var image = await RealImage.OpenAsync(name, "amd64", Token);
        await WriteAsync();
        using var container = new ImageContainer(image) { HasNetwork = true }
            .With(_volume.FullName, Shared, isWritable: true)
            .With(options.CaFile ?? "", Authority);
        return await container.RunAsync(
            ["run"],
            ("INGEST_CONFIG", $"{Shared}/ingest.yaml"),
            ("MYSQL_HOST", options.Host),
            ("MYSQL_PORT", $"{options.Port}"),
            ("MYSQL_SSL_CA", Authority),
            ("DB_USER", options.User),
            ("DB_PASSWORD", options.Password),
            ("DB_NAME", options.Database),
            ("CLIENT_ENV", "local"));
    }

    private async Task WriteAsync()
    {
        var example = new IngestExample("tabular_regression");
        // The container's user is another than the test's.
        if (!OperatingSystem.IsWindows()) _volume.UnixFileMode = (UnixFileMode)0b111_111_111;
        example.CopyTo(_volume.FullName);
        var specification = await File.ReadAllTextAsync(example.Specification, Token);
        await File.WriteAllTextAsync(
            Path.Combine(_volume.FullName, "ingest.yaml"),
            specification.Replace("/examples/tabular_regression", "")
                + $"spec: {{processors: [{{script: {Shared}/upper.py, class: Upper}}]}}\n",
            Token);
        await File.WriteAllTextAsync(
            Path.Combine(_volume.FullName, "upper.py"),
            """
            class Upper:
                def process(self, row):
                    return {**row, "street": row["street"].upper()}
            """,
            Token);
    }
}
