using System.Globalization;
using Tracebloc.Net;

namespace Tracebloc.Database;

/// <summary>Loads chunks by one connection, each in a transaction of its own.</summary>
public abstract class ChunkLoader : IAsyncDisposable
{
    private protected static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private const int MostWarnings = 20;

    private readonly DatabaseRetry _retry;

    private protected ChunkLoader(DatabaseSession session, LoadTarget target, DatabaseRetry retry) =>
        (Session, Target, _retry) = (session, target, retry);

    private protected DatabaseSession Session { get; }

    private protected LoadTarget Target { get; }

    /// <summary>Opens a connection for chunks.</summary>
    /// <param name="server">The server.</param>
    /// <param name="method">The method.</param>
    /// <param name="target">The table and its columns.</param>
    /// <param name="retry">Repeats chunks that lost a deadlock.</param>
    /// <param name="token">Ends the attempt.</param>
    /// <exception cref="DatabaseException">The server did not answer.</exception>
    public static async Task<ChunkLoader> OpenAsync(
        DatabaseServer server, LoadMethod method, LoadTarget target, DatabaseRetry retry, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(server);
        return method == LoadMethod.LocalInfile
            ? new LocalInfileLoader(await server.OpenAsync(SessionUse.Loading, token), target, retry)
            : new InsertLoader(
                await server.OpenAsync(SessionUse.Control, token), target, retry, server.Facts.MaxAllowedPacket);
    }

    /// <summary>Loads a chunk, and commits it when the verdict accepts it; else nothing of it remains.</summary>
    /// <exception cref="FenceException">Another run owns the table.</exception>
    /// <exception cref="DatabaseException">The table cannot be loaded, or the connection was lost.</exception>
    public Task<ChunkVerdict> LoadAsync(EncodedChunk chunk, Fence fence, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        ArgumentNullException.ThrowIfNull(fence);
        return _retry.RunAsync(current => TryAsync(chunk, fence, current), token);
    }

    /// <summary>Ends the connection.</summary>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Session.DisposeAsync();
    }

    private protected abstract Task<ChunkResult> SendAsync(EncodedChunk chunk, CancellationToken token);

    /// <summary>The warnings of the last statement.</summary>
    private protected async Task<(long Count, IReadOnlyList<ServerWarning> First)> WarningsAsync(
        long firstRow, CancellationToken token)
    {
        var count = await Session.FindAsync(
            new SqlStatement("SHOW COUNT(*) WARNINGS"), row => row.Number(0), token);
        if (count == 0) return (0, []);
        var limit = MostWarnings.ToString(CultureInfo.InvariantCulture);
        return (count, await Session.QueryAsync(
            new SqlStatement($"SHOW WARNINGS LIMIT {limit}"),
            row => new ServerWarning((int)row.Number(1), Line.Of(row.Text(2)), firstRow),
            token));
    }

    private async Task<ChunkVerdict> TryAsync(EncodedChunk chunk, Fence fence, CancellationToken token)
    {
        await Session.ExecuteAsync(new SqlStatement("START TRANSACTION"), token);
        try
        {
            await fence.CheckAsync(Session, token);
            var verdict = ChunkVerdict.Of(chunk, await SendAsync(chunk, token));
            if (verdict.IsAccepted)
                await Session.ExecuteAsync(new SqlStatement("COMMIT"), token);
            else
                await Session.RollBackAsync(CancellationToken.None);
            return verdict;
        }
        catch
        {
            await Session.RollBackAsync(CancellationToken.None);
            throw;
        }
    }
}
