using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Ingestor.Settings;

namespace Tracebloc.Ingestor.Running;

/// <summary>The first steps of all that changes a table: the server's answer, then the table's lock.</summary>
internal static class DatabaseStart
{
    /// <summary>Waits for the server.</summary>
    /// <exception cref="IngestorException">It did not answer in time.</exception>
    public static async Task<DatabaseServer> ConnectAsync(
        DatabaseSettings database, TimeProvider time, ILogger logger, CancellationToken token)
    {
        try
        {
            return await DatabaseServer.WaitAsync(database.Options, database.Wait, time, logger, token);
        }
        catch (DatabaseException absent) when (absent.Failure == DatabaseFailure.Connection)
        {
            throw new IngestorException(IngestorExit.NoDatabase, absent.Message, absent);
        }
    }

    /// <summary>The name of the lock that whatever changes a table holds.</summary>
    public static string LockOf(DatabaseSettings database, string table) =>
        LockName.Of("tracebloc/", database.Name, table);
}
