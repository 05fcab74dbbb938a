using System.Text;
using System.Text.Json;
using Tracebloc.Database;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Objects;

namespace Tracebloc.MetadataSync.Schema;

/// <summary>
/// Fills columns of rows that are there, in the order of their uids and in small transactions, each of which notes the
/// row that it has reached: a filling that ends in the middle goes on from there.
/// </summary>
/// <param name="session">A session with READ COMMITTED.</param>
/// <param name="retry">Repeats a batch that lost a deadlock.</param>
internal sealed class ColumnFilling(DatabaseSession session, DatabaseRetry retry)
{
    /// <summary>The rows of one transaction.</summary>
    public const int BatchRows = 500;

    /// <summary>Fills all rows from the one that was reached.</summary>
    /// <returns>The number of rows that were looked at.</returns>
    /// <exception cref="DatabaseException">A statement failed.</exception>
    public async Task<long> RunAsync(Filling filling, CancellationToken token)
    {
        var rows = 0L;
        while (await retry.RunAsync(current => BatchAsync(filling, current), token) is > 0 and var batch)
            rows += batch;
        return rows;
    }

    private async Task<int> BatchAsync(Filling filling, CancellationToken token)
    {
        var count = 0;
        await session.InTransactionAsync(
            async current =>
            {
                var rows = await RowsAsync(filling, await ReachedAsync(filling, current), current);
                count = rows.Count;
                if (count > 0) await FillAsync(filling, rows, current);
                await NoteAsync(filling, rows is [.., var last] ? last.Uid : null, current);
            },
            token);
        return count;
    }

    // Columns that were added at different times start with the one that is furthest behind.
    private async Task<string> ReachedAsync(Filling filling, CancellationToken token) =>
        await session.FindAsync(
            new SqlStatement(
                $"SELECT MIN(after_uid) FROM {OwnTables.Fillings} WHERE {Among(filling)} AND ended_at IS NULL",
                [filling.Kind.Table, .. filling.Names]),
            row => row.TextOrNull(0),
            token) ?? "";

    private Task<IReadOnlyList<Row>> RowsAsync(Filling filling, string after, CancellationToken token)
    {
        var values = string.Concat(filling.Columns.Select(_ => ", JSON_EXTRACT(`json`, ?)"));
        return session.QueryAsync(
            new SqlStatement(
                $"SELECT `uid`{values} FROM `{filling.Kind.Table}` WHERE `uid` > ? ORDER BY `uid` "
                + $"LIMIT {BatchRows} FOR UPDATE",
                [.. filling.Columns.Select(Filling.PathOf), after]),
            row => new Row(
                row.Text(0), [.. filling.Columns.Select((column, place) => ValueOf(row.TextOrNull(place + 1), column))]),
            token);
    }

    private Task FillAsync(Filling filling, IReadOnlyList<Row> rows, CancellationToken token)
    {
        if (filling.IsOfEvictions)
            return session.ExecuteAsync(
                new SqlStatement($"{filling.Sql} AND `uid` >= ? AND `uid` <= ?", rows[0].Uid, rows[^1].Uid), token);
        Row[] filled = [.. rows.Where(row => row.Values.Any(value => value is not null))];
        return filled.Length == 0 ? Task.CompletedTask : session.ExecuteAsync(UpdateOf(filling, filled), token);
    }

    private static SqlStatement UpdateOf(Filling filling, Row[] rows)
    {
        var cases = string.Concat(rows.Select(_ => " WHEN ? THEN ?"));
        var sets = filling.Columns.Select(column => $"`{column.Name}` = CASE `uid`{cases} END");
        return new SqlStatement(
            $"UPDATE `{filling.Kind.Table}` SET {string.Join(", ", sets)} "
            + $"WHERE `uid` IN ({string.Join(", ", rows.Select(_ => "?"))})",
            [
                .. filling.Columns.SelectMany((_, place) => rows.SelectMany(row => new[] { row.Uid, row.Values[place] })),
                .. rows.Select(row => row.Uid),
            ]);
    }

    private Task NoteAsync(Filling filling, string? reached, CancellationToken token) => session.ExecuteAsync(
        reached is null
            ? new SqlStatement(
                $"UPDATE {OwnTables.Fillings} SET ended_at = UTC_TIMESTAMP(6) WHERE {Among(filling)}",
                [filling.Kind.Table, .. filling.Names])
            : new SqlStatement(
                $"UPDATE {OwnTables.Fillings} SET after_uid = ? WHERE {Among(filling)}",
                [reached, filling.Kind.Table, .. filling.Names]),
        token);

    private static string Among(Filling filling) =>
        $"table_name = ? AND column_name IN ({string.Join(", ", filling.Names.Select(_ => "?"))})";

    private static object? ValueOf(string? json, IndexedColumn column)
    {
        if (json is null) return null;
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        return reader.Read() ? ColumnValue.Read(ref reader, column, out _) : null;
    }

    private sealed record Row(string Uid, IReadOnlyList<object?> Values);
}
