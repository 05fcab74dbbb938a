using System.Buffers.Binary;
using System.Text;

namespace Tracebloc.Testing;

/// <summary>The packets of MySQL's protocol on one connection, as the server writes and reads them.</summary>
/// <seealso href="https://dev.mysql.com/doc/dev/mysql-server/latest/PAGE_PROTOCOL.html"/>
internal sealed class MySqlPackets(Stream stream, CancellationToken token)
{
    private byte _sequence;

    /// <summary>The same conversation, continued over TLS.</summary>
    public MySqlPackets Over(Stream secure) => new(secure, token) { _sequence = _sequence };

    /// <summary>The next packet of a client; null at the end of the connection.</summary>
    public async Task<byte[]?> ReadAsync()
    {
        var header = new byte[4];
        if (await stream.ReadAtLeastAsync(header, 4, throwOnEndOfStream: false, token) < 4)
            return null;
        var payload = new byte[header[0] | (header[1] << 8) | (header[2] << 16)];
        await stream.ReadExactlyAsync(payload, token);
        _sequence = (byte)(header[3] + 1);
        return payload;
    }

    public async Task WriteAsync(byte[] payload)
    {
        var packet = new byte[payload.Length + 4];
        BinaryPrimitives.WriteInt32LittleEndian(packet, payload.Length);
        packet[3] = _sequence++;
        payload.CopyTo(packet, 4);
        await stream.WriteAsync(packet, token);
    }

    public Task OkAsync(long affected, int warnings) =>
        WriteAsync([0, .. Length((ulong)affected), 0, 2, 0, .. Two(warnings)]);

    public Task ErrorAsync(int number, string state, string text) =>
        WriteAsync(
            [0xff, .. Two(number), (byte)'#', .. Encoding.ASCII.GetBytes(state), .. Encoding.UTF8.GetBytes(text)]);

    public async Task RowsAsync(FakeSqlReply.Rows rows)
    {
        byte[] end = [0xfe, 0, 0, 2, 0];
        await WriteAsync(Length((ulong)rows.Columns.Count));
        foreach (var column in rows.Columns)
            await WriteAsync(
                [.. Text("def"), 0, 0, 0, .. Text(column), 0, 0x0c, 45, 0, 255, 255, 0, 0, 253, 0, 0, 0, 0, 0]);
        await WriteAsync(end);
        foreach (var row in rows.Values)
            await WriteAsync([.. row.SelectMany(value => value is null ? [0xfb] : Text(value))]);
        await WriteAsync(end);
    }

    public static byte[] Two(int number) => [(byte)number, (byte)(number >> 8)];

    private static byte[] Text(string text) =>
        [.. Length((ulong)Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Length(ulong number) => number switch
    {
        < 251 => [(byte)number],
        < 65536 => [0xfc, .. Two((int)number)],
        _ => [0xfd, (byte)number, (byte)(number >> 8), (byte)(number >> 16)],
    };
}
