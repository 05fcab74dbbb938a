using Tracebloc.Database;
using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Sharding;

/// <summary>The table of the parts of shared loads. A run of one pod does not make it.</summary>
internal static class PartSchema
{
    public const string Parts = $"{JournalSchema.Prefix}_parts";

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
    ];
}
