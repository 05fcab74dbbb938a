using System.Net.Sockets;
using System.Threading.Channels;
using Tracebloc.Testing.Registry;

namespace Tracebloc.EndToEnd;

/// <summary>
/// Passes connections on to the API server. It holds what clients send on a connection from a number of bytes on, as a
/// slow network does, so that what happens in the middle of an upload happens there.
/// </summary>
internal sealed class ApiRelay : IAsyncDisposable
{
    private readonly RawServer _listener;
    private readonly Uri _server;
    private readonly long _most;
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ApiRelay(Uri server, long most)
    {
        (_server, _most) = (server, most);
        _listener = RawServer.Start((connection, _) => PassAsync(connection));
    }

    /// <summary>The address for clients; the certificate of the API server is good for it.</summary>
    public Uri Address => new($"https://{_listener.Host}");

    /// <summary>Completes when a connection is held.</summary>
    public Task Reached => _reached.Task;

    /// <param name="server">The API server.</param>
    /// <param name="most">The bytes that pass on each connection before it is held.</param>
    public static ApiRelay Start(Uri server, long most) => new(server, most);

    /// <summary>Holds nothing any more.</summary>
    public void Release() => _released.TrySetResult();

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task PassAsync(RawConnection client)
    {
        using var server = new TcpClient { NoDelay = true };
        try
        {
            await server.ConnectAsync(_server.Host, _server.Port, client.Stopping);
            var sent = Channel.CreateUnbounded<byte[]>();
            var reading = ReadAsync(client, sent.Writer);
            // Where one side has ended, the other one is closed by the caller.
            await await Task.WhenAny(
                SendAsync(sent.Reader, server.GetStream(), reading, client.Stopping),
                server.GetStream().CopyToAsync(client.Stream, client.Stopping));
        }
        catch (SocketException)
        {
            // The API server is away: the client sees its connection end.
        }
    }

    private static async Task ReadAsync(RawConnection client, ChannelWriter<byte[]> sent)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await client.Stream.ReadAsync(buffer, client.Stopping) is > 0 and var count)
                await sent.WriteAsync(buffer[..count], client.Stopping);
        }
        finally
        {
            sent.Complete();
        }
    }

    private async Task SendAsync(
        ChannelReader<byte[]> sent, NetworkStream server, Task reading, CancellationToken cancellationToken)
    {
        var passed = 0L;
        await foreach (var bytes in sent.ReadAllAsync(cancellationToken))
        {
            passed += bytes.Length;
            if (passed > _most)
            {
                _reached.TrySetResult();
                // A client that goes away meanwhile takes what is held along.
                if (await Task.WhenAny(_released.Task, reading).WaitAsync(cancellationToken) == reading) return;
            }

            await server.WriteAsync(bytes, cancellationToken);
        }
    }
}
