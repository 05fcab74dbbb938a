using System.Buffers;
using System.Net.WebSockets;

namespace Tracebloc.Kubernetes;

/// <summary>A WebSocket that carries several channels; one reader, any number of writers.</summary>
internal sealed class ChannelSocket : IDisposable
{
    /// <summary>
    /// Bytes of the longest message, the channel's number included: servers give up on one over 32 MiB, and proxies in
    /// between on far shorter ones.
    /// </summary>
    internal const int LongestMessage = 256 * 1024;

    private const int ReadBytes = 32 * 1024;

    // kubectl pings each 5 s and gives up after 61 s. These two go by the machine's clock: the framework owns them.
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PongTimeout = TimeSpan.FromSeconds(60);

    private readonly KubernetesRequest _request;
    private readonly WebSocket _socket;
    private readonly ChannelDecoder _decoder = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly byte[] _buffer = new byte[ReadBytes];

    internal ChannelSocket(KubernetesRequest request, Stream connection, string protocol)
    {
        (_request, Protocol) = (request, protocol);
        _socket = WebSocket.CreateFromStream(connection, new WebSocketCreationOptions
        {
            SubProtocol = protocol,
            KeepAliveInterval = PingInterval,
            KeepAliveTimeout = PongTimeout,
        });
    }

    /// <summary>The protocol that the server chose.</summary>
    internal string Protocol { get; }

    /// <exception cref="KubernetesException">The server refuses, or does not speak WebSocket.</exception>
    internal static async Task<ChannelSocket> OpenAsync(
        KubernetesClient client, KubernetesRequest request, CancellationToken cancellationToken)
    {
        var (answer, connection) = await client.Requests.OpenAnswerAsync(request, cancellationToken);
        if (request.Upgrade?.FaultOf(answer) is not { } fault)
            return new ChannelSocket(request, connection, request.Upgrade?.ProtocolOf(answer) ?? "");
        await connection.DisposeAsync();
        throw KubernetesError.Unreadable(request, fault);
    }

    /// <summary>
    /// Sends all of it, in messages that are each one frame: the server takes every frame for a message.
    /// </summary>
    /// <remarks>Cancelling in the middle ends the connection.</remarks>
    /// <exception cref="KubernetesException">The connection broke.</exception>
    internal async ValueTask SendAsync(byte channel, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        var message = ArrayPool<byte>.Shared.Rent(Math.Min(data.Length + 1, LongestMessage));
        try
        {
            message[0] = channel;
            while (!data.IsEmpty)
            {
                var part = data[..Math.Min(data.Length, LongestMessage - 1)];
                part.CopyTo(message.AsMemory(1));
                await _socket.SendAsync(
                    message.AsMemory(0, part.Length + 1), WebSocketMessageType.Binary, true, cancellationToken);
                data = data[part.Length..];
            }
        }
        catch (Exception e) when (IsBroken(e, cancellationToken))
        {
            throw KubernetesError.Broken(_request, e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(message);
            _sending.Release();
        }
    }

    /// <summary>The next bytes of any channel; null when the server has closed the WebSocket.</summary>
    /// <exception cref="KubernetesException">The connection broke.</exception>
    internal async ValueTask<ChannelData?> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(_buffer.AsMemory(), cancellationToken);
                if (received.MessageType == WebSocketMessageType.Close) return null;
                if (_decoder.Next(_buffer.AsMemory(0, received.Count), received.EndOfMessage) is { } data) return data;
            }
        }
        catch (Exception e) when (IsBroken(e, cancellationToken))
        {
            throw KubernetesError.Broken(_request, e);
        }
    }

    /// <summary>Ends the connection at once: in all versions that is how a client leaves.</summary>
    public void Dispose() => _socket.Dispose();

    // A socket that was disposed in the meantime is one that its own side has left. Where one direction meets the
    // failure of the other, the framework calls it cancelled.
    private static bool IsBroken(Exception e, CancellationToken cancellationToken) => e is OperationCanceledException
        ? !cancellationToken.IsCancellationRequested
        : e is WebSocketException or IOException or HttpRequestException or ObjectDisposedException;
}
