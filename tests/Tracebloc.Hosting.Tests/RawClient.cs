using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tracebloc.Hosting.Tests;

/// <summary>A client that sends what it is given, byte by byte.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly CancellationToken _token;

    private RawClient(CancellationToken token) => _token = token;

    public static async Task<RawClient> ConnectAsync(IPEndPoint address, CancellationToken token)
    {
        var client = new RawClient(token);
        await client._socket.ConnectAsync(address, token);
        return client;
    }

    public async Task SendAsync(string text) => await _socket.SendAsync(Encoding.ASCII.GetBytes(text), _token);

    /// <summary>Everything that the server sends until it closes the connection, with or without a reset.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var (text, buffer) = (new StringBuilder(), new byte[1024]);
        try
        {
            while (await _socket.ReceiveAsync(buffer, _token) is > 0 and var length)
                text.Append(Encoding.UTF8.GetString(buffer, 0, length));
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            // A server that closes before it has read all that was sent resets the connection.
        }
        return text.ToString();
    }

    public void Dispose() => _socket.Dispose();
}
