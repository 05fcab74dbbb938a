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

    // The time of an update is by the clock of the program that wrote it, and that of a column by the server's.
    private static readonly TimeSpan ClockMargin = TimeSpan.FromHours(1);

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

    /// <summary>
    /// Fills once more the rows that were written since the columns were added: an earlier version of this program may
    /// have written them, which does not know the columns. It is for a leader, when no other one writes any more.
    /// </summary>
    /// <returns>The number of rows that were looked at.</returns>
    /// <exception cref="DatabaseException">A statement failed.</exception>
    public async Task<long> SettleAsync(KindSet kinds, CancellationToken token)
    {
        var open = await session.QueryAsync(
            new SqlStatement(
                $"SELECT table_name, column_name, started_at FROM {OwnTables.Fillings} "
                + "WHERE ended_at IS NOT NULL AND settled_at IS NULL"),
            row => (Table: row.Text(0), Column: row.Text(1), StartedAt: row.Time(2)),
            token);
        var rows = 0L;
        foreach (var kind in kinds.All)
        {
            var own = open.Where(one => one.Table == kind.Table).ToDictionary(one => one.Column, one => one.StartedAt);
            if (own.Count == 0) continue;
            var columns = kind.Columns.Where(column => own.ContainsKey(column.Name)).ToArray();
            if (columns.Length > 0)
                rows += await SettleAsync(new Filling(kind, columns), own.Values.Min() - ClockMargin, token);
            await session.ExecuteAsync(
                new SqlStatement(
                    $"UPDATE {OwnTables.Fillings} SET settled_at = UTC_TIMESTAMP(6) WHERE table_name = ? "
                    + "AND ended_at IS NOT NULL",
                    kind.Table),
                token);
        }

        return rows;
    }

    private async Task<long> SettleAsync(Filling filling, DateTimeOffset since, CancellationToken token)
    {
        var (count, after) = (0L, "");
        while (true)
        {
            var batch = await retry.RunAsync(current => SettleAsync(filling, after, since, current), token);
            if (batch.Count == 0) return count;
            (count, after) = (count + batch.Count, batch[^1].Uid);
        }
    }

    private async Task<IReadOnlyList<Row>> SettleAsync(
        Filling filling, string after, DateTimeOffset since, CancellationToken token)
    {
        IReadOnlyList<Row> rows = [];
        await session.InTransactionAsync(
            async current =>
            {
                rows = await RowsAsync(filling, after, since, current);
                if (rows.Count > 0) await FillAsync(filling, rows, current);
            },
            token);
        return rows;
    }

    private async Task<int> BatchAsync(Filling filling, CancellationToken token)
    {
        var count = 0;
        await session.InTransactionAsync(
            async current =>
            {
                var rows = await RowsAsync(filling, await ReachedAsync(filling, current), null, current);
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

    private Task<IReadOnlyList<Row>> RowsAsync(
        Filling filling, string after, DateTimeOffset? since, CancellationToken token)
    {
        var values = string.Concat(filling.Columns.Select(_ => ", JSON_EXTRACT(`json`, ?)"));
        return session.QueryAsync(
            new SqlStatement(
                $"SELECT `uid`{values} FROM `{filling.Kind.Table}` WHERE `uid` > ? "
                + $"{(since is null ? "" : "AND `update_time` >= ? ")}ORDER BY `uid` LIMIT {BatchRows} FOR UPDATE",
                [.. filling.Columns.Select(Filling.PathOf), after, .. Given(since)]),
            row => new Row(
                row.Text(0),
                [.. filling.Columns.Select((column, place) => ValueOf(row.TextOrNull(place + 1), column))]),
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
                .. from place in Enumerable.Range(0, filling.Columns.Count)
                   from row in rows
                   from value in new[] { row.Uid, row.Values[place] }
                   select value,
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

    private static object[] Given(DateTimeOffset? since) => since is { } time ? [time.UtcDateTime] : [];

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
