using Tracebloc.Database;
using Tracebloc.Ingestion.Datasets;

namespace Tracebloc.Ingestor.Tables;

/// <summary>The journal's tables.</summary>
internal static class JournalSchema
{
    /// <summary>The start of their names.</summary>
    public const string Prefix = DatasetDatabase.JournalPrefix;

    public const string Tables = DatasetDatabase.JournalTables;

    public const string Runs = DatasetDatabase.JournalRuns;

    private const string End = ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

    // Names and keys compare byte by byte.
    private const string Name = "VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

    /// <summary>In order. A released one is never changed: further ones follow it.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } =
    [
        new(
            1,
            "tables",
            $"CREATE TABLE IF NOT EXISTS {Tables} (table_name {Name} PRIMARY KEY, salt BINARY(32) NOT NULL, "
            + $"owner BINARY(16), owner_run {Name}, created_by {Name}, boundaries LONGTEXT, "
            + $"boundaries_run {Name}{End}"),
        new(
            2,
            "runs",
            $"CREATE TABLE IF NOT EXISTS {Runs} (run_key {Name} PRIMARY KEY, table_name {Name} NOT NULL, "
            + "intent VARCHAR(10) NOT NULL, ingestor_id CHAR(36) NOT NULL, spec_digest CHAR(64) NOT NULL, "
            + "source_mark VARCHAR(255) NOT NULL, phase VARCHAR(16) NOT NULL, first_id BIGINT NOT NULL, "
            + "last_id BIGINT, row_count BIGINT, arrived INT NOT NULL DEFAULT 0, batches INT NOT NULL DEFAULT 0, "
            + "open_batch INT, calls INT NOT NULL DEFAULT 0, folder VARCHAR(255), "
            + "started_at DATETIME(6) NOT NULL, updated_at DATETIME(6) NOT NULL, error TEXT, summary LONGTEXT, "
            + $"KEY of_table (table_name){End}"),
    ];
}
