using System.Buffers;
using System.Net.WebSockets;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>The server's side of a WebSocket with channels: the first byte of a message is its channel.</summary>
/// <seealso href="https://github.com/kubernetes/apimachinery/blob/v0.34.0/pkg/util/httpstream/wsstream/conn.go"/>
internal sealed class FakeChannels(WebSocket socket) : IDisposable
{
    private readonly SemaphoreSlim _sending = new(1, 1);

    internal string Protocol => socket.SubProtocol ?? "";

    internal async Task SendAsync(byte channel, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await socket.SendAsync(
                (byte[])[channel, .. data.Span], WebSocketMessageType.Binary, true, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The next message that is not empty; null when the client has left.</summary>
    internal async Task<byte[]?> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            var message = new ArrayBufferWriter<byte>();
            while (true)
            {
                var part = await socket.ReceiveAsync(message.GetMemory(64 * 1024), cancellationToken);
                if (part.MessageType == WebSocketMessageType.Close) return null;
                message.Advance(part.Count);
                if (part.EndOfMessage && message.WrittenCount > 0) return message.WrittenSpan.ToArray();
            }
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    /// <summary>Closes, as a server does when all is said; waits for nothing.</summary>
    internal Task CloseAsync(CancellationToken cancellationToken) =>
        socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", cancellationToken);

    public void Dispose() => _sending.Dispose();
}
