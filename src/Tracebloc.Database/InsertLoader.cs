using System.Globalization;
using System.Text;

namespace Tracebloc.Database;

/// <summary>Loads by INSERT with many rows at once, and never more than the server takes.</summary>
/// <param name="session">The connection.</param>
/// <param name="target">The table and its columns.</param>
/// <param name="retry">Repeats chunks that lost a deadlock.</param>
/// <param name="maxAllowedPacket">The most bytes of a statement.</param>
internal sealed class InsertLoader(
    DatabaseSession session, LoadTarget target, DatabaseRetry retry, long maxAllowedPacket)
    : ChunkLoader(session, target, retry)
{
    // The text exists three times while it is sent: as bytes, as UTF-16, and as the packet. With longer ones a load's
    // peak of memory grows, and not its speed.
    private const int MostBytes = 1 << 18;

    // The command of the protocol, and the attributes of a query.
    private const int PacketOverhead = 64;

    // ER_NET_PACKET_TOO_LARGE
    private const int PacketTooLarge = 1153;

    // The driver adds its own header, and servers count a packet's growth differently: half is always safe.
    private readonly InsertText _text = new(target, (int)Math.Min(maxAllowedPacket / 2, MostBytes));

    private protected override async Task<ChunkResult> SendAsync(EncodedChunk chunk, CancellationToken token)
    {
        var result = new ChunkResult(0, 0, []);
        long firstRow = 0;
        foreach (var (sql, rows) in _text.Statements(chunk))
        {
            result = Sum(result, TooLong(sql, rows, firstRow) ?? await InsertAsync(sql, firstRow, token));
            firstRow += rows;
            if (result.WarningCount > 0)
                break;
        }

        return result;
    }

    // A server ends the connection of a longer statement, and names no row.
    private ChunkResult? TooLong(string sql, int rows, long firstRow)
    {
        if (rows > 1 || Encoding.UTF8.GetByteCount(sql) + PacketOverhead <= maxAllowedPacket) return null;
        var fault = string.Create(
            CultureInfo.InvariantCulture,
            $"Its INSERT of {Encoding.UTF8.GetByteCount(sql):N0} bytes is longer than the server's max_allowed_packet "
            + $"of {maxAllowedPacket:N0}; raise max_allowed_packet, or allow local_infile: at row 1");
        return new ChunkResult(0, 1, [new ServerWarning(PacketTooLarge, fault, firstRow)]);
    }

    // In strict mode the first bad row ends the statement; its error has the text of the warning that LOAD DATA gives.
    private async Task<ChunkResult> InsertAsync(string sql, long firstRow, CancellationToken token)
    {
        try
        {
            var affected = await Session.ExecuteAsync(new SqlStatement(sql) { Limit = Limit }, token);
            var (count, first) = await WarningsAsync(firstRow, token);
            return new ChunkResult(affected, count, first);
        }
        catch (DatabaseException rejected) when (ServerWarning.Of(rejected, firstRow) is { } fault)
        {
            return new ChunkResult(0, 1, [fault]);
        }
    }

    private static ChunkResult Sum(ChunkResult one, ChunkResult other) => new(
        one.Affected + other.Affected, one.WarningCount + other.WarningCount, [.. one.Warnings, .. other.Warnings]);
}
