using Tracebloc.Database;

namespace Tracebloc.JobsManager.Runs;

/// <summary>The run table's form.</summary>
internal static class RunSchema
{
    public const string Prefix = "ingestion";

    public const string Table = $"{Prefix}_runs";

    /// <summary>The name that the table of versions before 2 gets.</summary>
    public const string Former = $"{Table}_before_2";

    /// <summary>The deletions of data sets, by which their runs are known as deleted.</summary>
    public const string Deletions = $"{Prefix}_deletions";

    /// <summary>The last time at which a run was submitted again.</summary>
    public const string Replays = $"{Prefix}_replays";

    /// <summary>A column that every form of this table has, and none of those before version 2.</summary>
    public const string Mark = "revision";

    private const string End = ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

    // Names and keys compare byte by byte.
    private const string Bytewise = "CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

    /// <summary>In order. A released one is never changed: further ones follow it.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } =
    [
        new(
            1,
            "runs",
            $"CREATE TABLE IF NOT EXISTS {Table} (run_key VARCHAR(64) {Bytewise} PRIMARY KEY, "
            + $"table_name VARCHAR(64) {Bytewise} NOT NULL, intent VARCHAR(16) NOT NULL, "
            + "category VARCHAR(64) NOT NULL, specification LONGTEXT NOT NULL, content_digest CHAR(64) NOT NULL, "
            + $"image_digest VARCHAR(80), parallelism INT NOT NULL, caller VARCHAR(512) {Bytewise} NOT NULL, "
            + "namespace VARCHAR(63) NOT NULL, image VARCHAR(1024) NOT NULL, accepted_at DATETIME(6) NOT NULL, "
            + $"state VARCHAR(16) NOT NULL, undo_state VARCHAR(16) NOT NULL, {Mark} BIGINT NOT NULL, "
            + "job_uid VARCHAR(64), started_at DATETIME(6), ended_at DATETIME(6), summary LONGTEXT, error TEXT, "
            + $"KEY by_state (state, undo_state), KEY by_table (table_name, accepted_at), KEY by_end (ended_at){End}"),
        new(
            2,
            "deletions",
            $"CREATE TABLE IF NOT EXISTS {Deletions} (deletion_id VARCHAR(64) {Bytewise} PRIMARY KEY, "
            + $"table_name VARCHAR(64) {Bytewise} NOT NULL, caller VARCHAR(512) {Bytewise} NOT NULL, "
            + "namespace VARCHAR(63) NOT NULL, image VARCHAR(1024) NOT NULL, requested_at DATETIME(6) NOT NULL, "
            + "state VARCHAR(16) NOT NULL, ended_at DATETIME(6), error TEXT, "
            + $"KEY by_table (table_name, requested_at), KEY by_end (ended_at){End}"),
        new(
            3,
            "replays",
            $"CREATE TABLE IF NOT EXISTS {Replays} (run_key VARCHAR(64) {Bytewise} PRIMARY KEY, "
            + $"seen_at DATETIME(6) NOT NULL, KEY by_time (seen_at){End}"),
        new(4, "overwrite", $"ALTER TABLE {Table} ADD COLUMN overwrite TINYINT NOT NULL DEFAULT 0"),
    ];
}
