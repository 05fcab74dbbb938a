using Tracebloc.Database;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>The database that requests are answered from. Safe for concurrent use.</summary>
/// <param name="server">The server; throws <see cref="DatabaseException"/> while there is none.</param>
internal sealed class QueryDatabase(Func<CancellationToken, Task<DatabaseServer>> server)
{
    /// <exception cref="DatabaseException">The server did not answer, or the work failed.</exception>
    public async Task<T> UseAsync<T>(Func<DatabaseSession, Task<T>> work, CancellationToken token)
    {
        await using var session = await (await server(token)).OpenAsync(SessionUse.Control, token);
        return await work(session);
    }
}
