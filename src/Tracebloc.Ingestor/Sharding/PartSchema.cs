using Tracebloc.Database;
using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Sharding;

/// <summary>The tables of runs that several pods share. A run of one pod does not make them.</summary>
internal static class PartSchema
{
    public const string Parts = $"{JournalSchema.Prefix}_parts";

    /// <summary>The slices of the rows while they are validated.</summary>
    public const string Slices = $"{JournalSchema.Prefix}_slices";

    /// <summary>The sorted values of slices, in chunks.</summary>
    public const string Keys = $"{JournalSchema.Prefix}_slice_keys";

    private const string End = ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

    // Names and keys compare byte by byte.
    private const string Name = "VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL";

    /// <summary>In order. A released one is never changed: further ones follow it.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } =
    [
        new(
            1,
            "parts",
            $"CREATE TABLE IF NOT EXISTS {Parts} (table_name {Name}, part INT NOT NULL, run_key {Name}, "
            + "owner BINARY(16) NOT NULL, loader BINARY(16), state VARCHAR(16) NOT NULL, first_row BIGINT NOT NULL, "
            + "row_count BIGINT NOT NULL, first_byte BIGINT NOT NULL, end_byte BIGINT NOT NULL, "
            + "first_line BIGINT NOT NULL, source LONGTEXT NOT NULL, error TEXT, PRIMARY KEY (table_name, part)) "
            + "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"),
        new(
            2,
            "slices",
            $"CREATE TABLE IF NOT EXISTS {Slices} (table_name {Name}, slice INT, run_key {Name}, "
            + "spec_digest CHAR(64) NOT NULL, owner BINARY(16) NOT NULL, state VARCHAR(16) NOT NULL, "
            + "from_byte BIGINT NOT NULL, to_byte BIGINT NOT NULL, is_exact INT NOT NULL, pass BINARY(16), "
            + "found_begin BIGINT, found_end BIGINT, found_lines BIGINT, is_whole INT, checksums LONGBLOB, "
            + $"findings LONGBLOB, error TEXT, PRIMARY KEY (table_name, slice){End}"),
        new(
            3,
            "slice_keys",
            $"CREATE TABLE IF NOT EXISTS {Keys} (table_name {Name}, pass BINARY(16), chunk INT, "
            + $"validator VARCHAR(64) NOT NULL, bytes MEDIUMBLOB NOT NULL, PRIMARY KEY (table_name, pass, chunk){End}"),
    ];

    /// <summary>True once a pod 0 has made a table of these. No program drops it.</summary>
    public static async Task<bool> ExistsAsync(DatabaseSession session, string table, CancellationToken token) =>
        await session.FindAsync(
            new SqlStatement(
                "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?",
                table),
            row => row.Number(0),
            token) == 1;
}
