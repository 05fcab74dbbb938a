using System.Globalization;
using System.Text;
using Tracebloc.Database;

namespace Tracebloc.MetadataSync.Store;

/// <summary>INSERT statements of many rows, each within the budget.</summary>
/// <param name="table">The table.</param>
/// <param name="columns">The columns and, in SQL, the value of each: <c>?</c> or an expression of it.</param>
/// <param name="tail">The end of the statement.</param>
internal sealed class MultiRowInsert(string table, IReadOnlyList<(string Name, string Mark)> columns, string tail = "")
{
    // ER_NET_PACKET_TOO_LARGE
    private const int PacketTooLarge = 1153;

    private readonly string _head = $"INSERT INTO {SqlName.Quote(table)} "
        + $"({string.Join(',', columns.Select(column => SqlName.Quote(column.Name)))}) VALUES ";

    private readonly string _row = $"({string.Join(',', columns.Select(column => column.Mark))})";

    /// <summary>Takes the value that the statement was to insert, for all columns but the key.</summary>
    public static string OrUpdate(IEnumerable<string> columns) => " ON DUPLICATE KEY UPDATE "
        + string.Join(',', columns.Select(SqlName.Quote).Select(name => $"{name}=VALUES({name})"));

    /// <exception cref="DatabaseException">A row is longer than any statement may be.</exception>
    public IEnumerable<SqlStatement> Statements(IEnumerable<object?[]> rows, StatementBudget budget)
    {
        var (text, values, bytes) = (new StringBuilder(_head), new List<object?>(), 0L);
        foreach (var row in rows)
        {
            var size = ValueSize.Of(row);
            if (budget.IsTooLong(size)) throw TooLong(size, budget);
            var count = values.Count / columns.Count;
            if (count == StatementBudget.MostRows || (count > 0 && bytes + size > budget.MostBytes))
            {
                yield return new SqlStatement(text.Append(tail).ToString(), values);
                (text, values, bytes, count) = (new StringBuilder(_head), [], 0, 0);
            }

            if (count > 0) text.Append(',');
            text.Append(_row);
            values.AddRange(row);
            bytes += size;
        }

        if (values.Count > 0) yield return new SqlStatement(text.Append(tail).ToString(), values);
    }

    private DatabaseException TooLong(int size, StatementBudget budget)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"Row of {size:N0} bytes is longer than max_allowed_packet of {budget.MaxAllowedPacket:N0}");
        return new DatabaseException(DatabaseFailure.Statement, $"Table {table}: {text}; raise max_allowed_packet")
        {
            Number = PacketTooLarge,
            ServerMessage = text,
        };
    }
}
