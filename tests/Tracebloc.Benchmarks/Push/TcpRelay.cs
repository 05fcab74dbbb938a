using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Tracebloc.Benchmarks.Push;

/// <summary>Passes the connections of pods on to a server that listens on loopback alone.</summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly TcpListener _listener;
    private readonly IPEndPoint _target;
    private readonly Task _accepting;

    private TcpRelay(IPAddress address, int port)
    {
        _target = new IPEndPoint(IPAddress.Loopback, port);
        _listener = new TcpListener(address, 0);
        _listener.Start();
        _accepting = AcceptAsync(_stop.Token);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <param name="address">An address of this machine that pods reach.</param>
    /// <param name="port">The server's port on 127.0.0.1.</param>
    public static TcpRelay Start(IPAddress address, int port) => new(address, port);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync(CancellationToken token)
    {
        try
        {
            while (true) _connections.Add(PassAsync(await _listener.AcceptTcpClientAsync(token), token));
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // The relay has ended.
        }
    }

    private async Task PassAsync(TcpClient client, CancellationToken token)
    {
        using (client)
        using (var server = new TcpClient())
            try
            {
                await server.ConnectAsync(_target, token);
                var (near, far) = (client.GetStream(), server.GetStream());
                await Task.WhenAny(near.CopyToAsync(far, token), far.CopyToAsync(near, token));
            }
            catch (Exception end) when (end is IOException or SocketException or OperationCanceledException)
            {
                // Either side has left.
            }
    }
}
