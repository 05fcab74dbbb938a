using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Benchmarks.Sync;

/// <summary>Passes connections on to a server of this machine, and cuts them.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly ConcurrentDictionary<TcpClient, bool> _open = [];
    private readonly RawServer _listener;
    private readonly int _target;
    private volatile bool _isAway;

    public Relay(int target)
    {
        _target = target;
        _listener = RawServer.Start((client, _) => PassAsync(client));
    }

    public int Port => _listener.Port;

    /// <summary>Ends all connections, and refuses others for a while.</summary>
    public async Task CutAsync(TimeSpan time, CancellationToken token)
    {
        _isAway = true;
        foreach (var server in _open.Keys) server.Close();
        using var timer = new PeriodicTimer(time, TimeProvider.System);
        await timer.WaitForNextTickAsync(token);
        _isAway = false;
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task PassAsync(RawConnection client)
    {
        if (_isAway) return;
        using var server = new TcpClient { NoDelay = true };
        _open[server] = true;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _target, client.Stopping);
            var (near, far) = (client.Stream, server.GetStream());
            await await Task.WhenAny(near.CopyToAsync(far, client.Stopping), far.CopyToAsync(near, client.Stopping));
        }
        catch (Exception cut) when (cut is SocketException or IOException or ObjectDisposedException
            or InvalidOperationException or OperationCanceledException)
        {
            // The client sees its connection end.
        }
        finally
        {
            _open.TryRemove(server, out _);
        }
    }
}
