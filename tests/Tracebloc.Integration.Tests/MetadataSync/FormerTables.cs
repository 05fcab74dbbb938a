using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>The tables that the former init jobs made, and rows as the former ingester left them.</summary>
internal static class FormerTables
{
    /// <summary>Three objects: one that lives, one that was evicted, one that was deleted.</summary>
    public const int RowsOfKind = 3;

    private const string End = ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;";

    // Model, pipeline and deployment have the names that are needed; the others are left alone.
    private static readonly (string Table, string Columns)[] Stale =
    [
        ("model", "algorithm, training_framework, owner, source, model_kind, package_type, revision_id"),
        ("pipeline", "pipeline_type, owner"),
        ("pipeline_run", "pipeline_namespace, pipeline_name, status, owner"),
        ("dataset", "dataset_type, owner"),
        ("deployment", "deployment_type, owner, status, state, current_revision_namespace, current_revision_name"),
    ];

    /// <summary>The 39 tables, or those of some kinds.</summary>
    public static string Complete(IEnumerable<Kind> kinds) => string.Concat(kinds.Select(Of));

    /// <summary>The 15 tables of the job that the guide names.</summary>
    public static string Fifteen => string.Concat(Stale.Select(each =>
        Mirrored(
            each.Table,
            string.Concat(each.Columns.Split(", ").Select(name => $"`{name}` VARCHAR(255) COMMENT 'x', ")),
            $", KEY `{each.Table}_update_time` (`update_time`)")
        + Companion($"{each.Table}_labels", "VARCHAR(63)", "")
        + Companion($"{each.Table}_annotations", "TEXT", "")));

    /// <summary>Objects of a kind, whose columns hold nothing and whose JSON holds the values.</summary>
    public static string Rows(Kind kind, string json) => string.Concat(
        Row(kind.Table, "uid-live", "NULL", json),
        Row(kind.Table, "uid-evicted", "NULL", json),
        Row(kind.Table, "uid-deleted", "'2026-02-01 00:00:00'", json),
        // Two writers at once have left a label twice; the later row is the newer value.
        $"INSERT INTO `{kind.LabelsTable}` (obj_uid, `key`, `value`) VALUES ('uid-live', 'team', 'old'), "
        + "('uid-live', 'Team', 'upper'), ('uid-live', 'team', 'new'), ('uid-live', 'empty', NULL);",
        $"INSERT INTO `{kind.AnnotationsTable}` (obj_uid, `key`, `value`) VALUES ('uid-live', 'note', 'x'), "
        + "('uid-live', 'michelangelo/Immutable', 'True'), ('uid-evicted', 'michelangelo/Immutable', 'true'), "
        + "('uid-deleted', 'michelangelo/Immutable', 'true');");

    private static string Row(string table, string uid, string deleted, string json) =>
        $"INSERT INTO `{table}` (uid, group_ver, namespace, name, res_version, create_time, update_time, delete_time, "
        + $"json) VALUES ('{uid}', 'michelangelo.api/v2', 'ns', '{uid}', 7, '2026-01-01 00:00:01', "
        + $"'2026-01-02 03:04:05', {deleted}, '{json}');";

    private static string Of(Kind kind) =>
        Mirrored(
            kind.Table,
            string.Concat(kind.Columns.Select(column => column.Type == ColumnType.Time
                ? $"`{column.Name}` DATETIME, " : $"`{column.Name}` VARCHAR({column.Length}), ")),
            string.Concat(kind.Keys.Select(key =>
                $", KEY `{kind.Table}_{key[0]}` ({string.Join(", ", key.Select(name => $"`{name}`"))})")))
        + Companion(kind.LabelsTable, "VARCHAR(63)", $", KEY `{kind.LabelsTable}_key_value` (`key`, `value`)")
        + Companion(kind.AnnotationsTable, "TEXT", "");

    private static string Mirrored(string table, string columns, string keys) =>
        $"CREATE TABLE IF NOT EXISTS `{table}` (`uid` VARCHAR(255) NOT NULL, `group_ver` VARCHAR(255) NOT NULL, "
        + "`namespace` VARCHAR(255) NOT NULL, `name` VARCHAR(255) NOT NULL, `res_version` BIGINT UNSIGNED NOT NULL, "
        + "`create_time` DATETIME NOT NULL, `update_time` DATETIME, `delete_time` DATETIME, `proto` MEDIUMBLOB, "
        + $"`json` JSON, {columns}PRIMARY KEY (`uid`), KEY `{table}_namespace_name` (`namespace`, `name`), "
        + $"KEY `{table}_create_time` (`create_time`){keys}{End}";

    private static string Companion(string table, string value, string keys) =>
        $"CREATE TABLE IF NOT EXISTS `{table}` (`id` BIGINT NOT NULL AUTO_INCREMENT, `obj_uid` VARCHAR(255) NOT NULL, "
        + $"`key` VARCHAR(255) NOT NULL, `value` {value}, PRIMARY KEY (`id`), KEY `{table}_uid` (`obj_uid`){keys}{End}";
}
