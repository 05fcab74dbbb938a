using System.Net.Sockets;
using Tracebloc.Net;

namespace Tracebloc.Hosting;

/// <summary>
/// Accepts connections and serves each within a deadline, a limited number at once. One more ends the oldest: idle ones
/// cannot keep out the kubelet's probe.
/// </summary>
/// <param name="accept">Waits for the next connection.</param>
/// <param name="serve">Serves one; it is closed afterwards.</param>
/// <param name="time">The clock.</param>
internal sealed class ConnectionLimit(
    Func<CancellationToken, ValueTask<Socket>> accept,
    Func<Stream, CancellationToken, Task> serve,
    TimeProvider time)
{
    /// <summary>The most connections at once.</summary>
    public const int MaxConnections = 32;

    /// <summary>The time that one connection has, from its first byte to its last.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(5);

    /// <summary>The wait after the system refused a connection, for example for want of descriptors.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly List<(Socket Socket, Task Served)> _open = [];

    /// <summary>Runs until the token ends it, and ends every connection then.</summary>
    public async Task RunAsync(CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            try
            {
                var socket = await accept(token);
                MakeRoom();
                _open.Add((socket, ServeAsync(socket, token)));
            }
            catch (SocketException)
            {
                await Task.Delay(Pause, time, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                // The loop's condition decides.
            }
        }
        await Task.WhenAll(_open.Select(each => each.Served));
    }

    private void MakeRoom()
    {
        _open.RemoveAll(each => each.Served.IsCompleted);
        if (_open.Count < MaxConnections)
            return;
        _open[0].Socket.Dispose();
        _open.RemoveAt(0);
    }

    private async Task ServeAsync(Socket socket, CancellationToken token)
    {
        using var connection = socket;
        using var deadline = new Deadline(MaxTime, time, token);
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            await serve(stream, deadline.Token);
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client is gone, its time is up, or another connection took its place.
        }
    }
}
