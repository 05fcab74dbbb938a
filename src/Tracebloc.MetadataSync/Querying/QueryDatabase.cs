using Tracebloc.Database;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>The database that requests are answered from. Safe for concurrent use.</summary>
/// <param name="pool">Its connections; throws <see cref="DatabaseException"/> while there is no server.</param>
internal sealed class QueryDatabase(Func<CancellationToken, Task<SessionPool>> pool)
{
    /// <exception cref="DatabaseException">The server did not answer, or the work failed.</exception>
    public async Task<T> UseAsync<T>(Func<DatabaseSession, Task<T>> work, CancellationToken token) =>
        await (await pool(token)).UseAsync(work, token);
}
