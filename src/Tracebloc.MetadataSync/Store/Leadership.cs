using Tracebloc.Database;
using Tracebloc.MetadataSync.Schema;

namespace Tracebloc.MetadataSync.Store;

/// <summary>Begins terms.</summary>
internal sealed class Leadership(StoreDatabase database)
{
    private const int LongestHolder = 255;

    /// <summary>Begins a term, once the transactions of earlier ones have ended.</summary>
    /// <exception cref="DatabaseException">The table does not exist, or the statement failed.</exception>
    public Task<Term> TakeAsync(string holder, CancellationToken token) => database.ChangeAsync(
        async (session, current) =>
        {
            var name = holder[..Math.Min(holder.Length, LongestHolder)];
            await session.ExecuteAsync(
                new SqlStatement(
                    $"INSERT INTO {OwnTables.Leader} (id, term, holder, taken_at) VALUES (1, 1, ?, ?) ON DUPLICATE KEY "
                    + "UPDATE term = term + 1, holder = VALUES(holder), taken_at = VALUES(taken_at)",
                    name, SqlText.Time(database.Time.GetUtcNow())),
                current);
            var number = await session.FindAsync(
                new SqlStatement($"SELECT term FROM {OwnTables.Leader} WHERE id = 1"), row => row.Number(0), current);
            return new Term(number, name);
        },
        token);
}
