using System.Text.Json;
using System.Text.Json.Nodes;
using Tracebloc.Database;
using Tracebloc.Ingestion.Datasets;

namespace Tracebloc.JobsManager.Datasets;

/// <summary>
/// Reads the database of data sets: the ingestor's journal, sizes, columns and labels, and never a feature. Safe for
/// concurrent use.
/// </summary>
/// <remarks>Failures are <see cref="DatabaseException"/> and <see cref="UnreadableException"/>.</remarks>
/// <param name="server">The server, which may not have answered yet.</param>
/// <param name="deadlines">The deadline of a statement.</param>
/// <param name="database">The database.</param>
internal sealed class DatasetStore(
    Func<DatabaseServer> server, Deadlines deadlines, string database = DatasetDatabase.Name)
{
    private const int UnknownDatabase = 1049, NoSuchTable = 1146;

    // For the database, for a statement, for a column.
    private static readonly int[] Denied = [1044, 1142, 1143];

    // Sizes are kept for a day otherwise. Only MySQL from 8 on knows the setting.
    private static readonly SqlStatement FreshSizes = new("SET SESSION information_schema_stats_expiry = 0");

    /// <summary>All data sets, or that of one table.</summary>
    public Task<IReadOnlyList<StoredDataset>> ListAsync(string? table, CancellationToken token) =>
        ReadAsync(session => ListAsync(session, table, token), token);

    public Task<IReadOnlyList<DatasetColumn>> ColumnsAsync(string table, CancellationToken token) => ReadAsync(
        session => session.QueryAsync(
            Limited(
                "SELECT column_name, column_type FROM information_schema.columns WHERE table_schema = ? "
                + "AND table_name = ? ORDER BY ordinal_position",
                database, table),
            row => new DatasetColumn(row.Text(0), row.Text(1)),
            token),
        token);

    /// <summary>The number of rows of each label.</summary>
    public async Task<LabelCounts> LabelsAsync(string table, CancellationToken token) => LabelCounts.Of(await ReadAsync(
        session => session.QueryAsync(
            new SqlStatement(
                // By the column's own rules, Cat and cat were one label.
                "SELECT CONVERT(label USING utf8mb4) COLLATE utf8mb4_bin, COUNT(*) "
                + $"FROM {Of(table)} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?",
                LabelCounts.Most + 1)
            {
                Limit = deadlines.Request,
            },
            row => new LabelCount(row.TextOrNull(0), row.Number(1)),
            token),
        token));

    /// <summary>The rows that are in the table now; none where there is none.</summary>
    public async Task<long> CountAsync(string table, CancellationToken token) => (await ReadAsync(
        session => session.QueryAsync(
            new SqlStatement($"SELECT COUNT(*) FROM {Of(table)}") { Limit = deadlines.Request },
            row => row.Number(0),
            token),
        token)).Sum();

    private static JournalRun ReadRun(SqlRow row)
    {
        var summary = row.TextOrNull(7) is { } text ? Parsed(text) : null;
        return new JournalRun
        {
            Key = row.Text(1),
            Intent = row.Text(2),
            Phase = row.Text(3),
            Rows = row.NumberOrNull(4),
            StartedAt = row.Time(5),
            ChangedAt = row.Time(6),
            Category = summary?["category"] is JsonValue category ? category.ToString() : null,
            Files = summary?["files"] is JsonValue files && files.TryGetValue(out long count) ? count : 0,
        };
    }

    private static JsonObject? Parsed(string summary)
    {
        try
        {
            return JsonNode.Parse(summary) as JsonObject;
        }
        catch (JsonException)
        {
            return null; // Of another version.
        }
    }

    private async Task<IReadOnlyList<StoredDataset>> ListAsync(
        DatabaseSession session, string? table, CancellationToken token)
    {
        var names = await QueryAsync(
            session, $"SELECT table_name FROM {Of(DatasetDatabase.JournalTables)}", table, row => row.Text(0), token);
        var runs = await QueryAsync(
            session,
            "SELECT table_name, run_key, intent, phase, row_count, started_at, updated_at, "
            + $"IF(phase = 'registered', summary, NULL) FROM {Of(DatasetDatabase.JournalRuns)}",
            table,
            row => (Table: row.Text(0), Run: ReadRun(row)),
            token);
        var runsOf = runs.ToLookup(each => each.Table, each => each.Run);
        var sizes = await SizesAsync(session, token);
        return
        [
            .. names.Select(name => new StoredDataset(
                name, sizes.TryGetValue(name, out var bytes) ? bytes : null,
                [.. runsOf[name].OrderBy(run => run.StartedAt)])),
        ];
    }

    // Names compare without case, as on servers that keep them in small letters.
    private async Task<Dictionary<string, long>> SizesAsync(DatabaseSession session, CancellationToken token)
    {
        if (server().Facts is { Kind: ServerKind.MySql, Version: not ['5', '.', ..] })
            await session.ExecuteAsync(FreshSizes, token);
        var sizes = await session.QueryAsync(
            Limited(
                "SELECT table_name, COALESCE(data_length, 0) + COALESCE(index_length, 0) "
                + "FROM information_schema.tables WHERE table_schema = ?",
                database),
            row => KeyValuePair.Create(row.Text(0), row.Number(1)),
            token);
        return sizes.DistinctBy(each => each.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private Task<IReadOnlyList<T>> QueryAsync<T>(
        DatabaseSession session, string text, string? table, Func<SqlRow, T> read, CancellationToken token) =>
        session.QueryAsync(
            table is null ? Limited(text) : Limited($"{text} WHERE table_name = ?", table), read, token);

    private SqlStatement Limited(string text, params IReadOnlyList<object?> values) =>
        new(text, values) { Limit = deadlines.Statement };

    private string Of(string table) => $"{SqlName.Quote(database)}.{SqlName.Quote(table)}";

    // Without a data set, none of it may exist.
    private async Task<IReadOnlyList<T>> ReadAsync<T>(
        Func<DatabaseSession, Task<IReadOnlyList<T>>> read, CancellationToken token)
    {
        try
        {
            await using var session = await server().OpenAsync(SessionUse.Control, token);
            return await read(session);
        }
        catch (DatabaseException absent) when (absent.Number is UnknownDatabase or NoSuchTable)
        {
            return [];
        }
        catch (DatabaseException denied) when (Denied.Contains(denied.Number))
        {
            throw new UnreadableException(
                $"The database account of jobs-manager may not read the data sets; grant it SELECT on {database}.*, as "
                + "the client chart does",
                denied);
        }
    }
}
