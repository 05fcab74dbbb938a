using System.Globalization;
using System.Text.RegularExpressions;
using Tracebloc.Testing;

namespace Tracebloc.Benchmarks.Ingest;

/// <summary>A database of a real server, and the programs that load into it.</summary>
internal sealed partial class IngestServer(MySqlClient client, IngestParts parts, IngestVolume volume)
{
    /// <summary>The contenders.</summary>
    public const string Product = "ingestor", Client = "client";

    private const string Database = "ingest_benchmark", ByClient = "ingest_benchmark_client";

    public static async Task<IngestServer> OpenAsync(
        bool isMariaDb, IngestParts parts, IngestVolume volume, CancellationToken token) =>
        new(await MySqlClient.ReadAsync(parts.MySqlScript, isMariaDb, token), parts, volume);

    /// <summary>The ingestor, with validation, bins and ids, into an empty database.</summary>
    /// <param name="name">The name in the table of results.</param>
    /// <param name="folder">The folder of the data set.</param>
    /// <param name="isLocal">Whether the server allows LOAD DATA LOCAL.</param>
    public Contender Ingestor(string name, string folder, bool isLocal = true) => new(name, parts.Ingestor, "run")
    {
        Environment = new Dictionary<string, string?>
        {
            ["INGEST_CONFIG"] = Path.Combine(folder, "ingest.yaml"),
            ["STORAGE_PATH"] = volume.Root,
            ["MYSQL_HOST"] = "127.0.0.1",
            ["MYSQL_PORT"] = client.Port.ToString(CultureInfo.InvariantCulture),
            ["MYSQL_SSL_CA"] = client.CaFile,
            ["DB_USER"] = "root",
            ["DB_PASSWORD"] = client.Password,
            ["DB_NAME"] = Database,
            ["CLIENT_ENV"] = "local",
        },
        Before = token => client.RunAsync(
            $"DROP DATABASE IF EXISTS {Database}; CREATE DATABASE {Database} CHARACTER SET utf8mb4; "
            + $"SET GLOBAL local_infile = {(isLocal ? 1 : 0)}",
            token),
    };

    /// <summary>
    /// LOAD DATA LOCAL INFILE of the same file by the server's own client, into a table of the same columns, without
    /// the ids that are no part of the file. Both programs use TLS.
    /// </summary>
    /// <param name="folder">The folder of the data set.</param>
    public Contender ByItself(string folder)
    {
        var columns = HouseRows.Columns.Select(column => column.Name == HouseRows.Label ? "label" : column.Name);
        var load = $"LOAD DATA LOCAL INFILE '{folder}/rows.csv' INTO TABLE {ByClient}.houses CHARACTER SET utf8mb4 "
            + "FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\"' IGNORE 1 LINES "
            + $"({string.Join(", ", columns)})";
        return new Contender(Client, client.Command($"--ssl-ca={client.CaFile}", "--local-infile=1", "--execute", load))
        {
            Environment = client.Environment,
            Before = token => client.RunAsync(
                $"DROP DATABASE IF EXISTS {ByClient}; CREATE DATABASE {ByClient} CHARACTER SET utf8mb4; "
                + $"CREATE TABLE {ByClient}.houses LIKE {Database}.houses; "
                + $"ALTER TABLE {ByClient}.houses DROP COLUMN data_id",
                token),
        };
    }

    /// <exception cref="InvalidOperationException">A program has not loaded every row.</exception>
    public async Task CheckAsync(int rows, CancellationToken token)
    {
        foreach (var database in new[] { Database, ByClient })
            if ((await client.RunAsync($"SELECT COUNT(*) FROM {database}.houses", token))[0] is var found
                && found != rows.ToString(CultureInfo.InvariantCulture))
                throw new InvalidOperationException($"Database {database} has {found} of {rows} rows.");
    }

    /// <summary>Drops the databases, and forbids LOAD DATA LOCAL as the server's default does.</summary>
    public Task CloseAsync() => client.RunAsync(
        $"DROP DATABASE IF EXISTS {Database}; DROP DATABASE IF EXISTS {ByClient}; SET GLOBAL local_infile = 0",
        CancellationToken.None);

    /// <summary>The milliseconds that a run took for its files, by its summary.</summary>
    public static double FilesMs(string output) =>
        double.Parse(FilesSeconds().Match(output).Groups[1].Value, CultureInfo.InvariantCulture) * 1000;

    [GeneratedRegex("\"files_seconds\":([0-9.]+)")]
    private static partial Regex FilesSeconds();
}
