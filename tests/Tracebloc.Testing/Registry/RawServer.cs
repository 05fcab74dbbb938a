using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tracebloc.Testing.Registry;

/// <summary>A TCP listener for faults that no web server can be made to commit: each connection is a script.</summary>
public sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _connections = [];
    private Task _accepting = Task.CompletedTask;
    private int _accepted;

    private RawServer(IPAddress address) => _listener = new TcpListener(address, 0);

    public string Host => $"{_listener.LocalEndpoint}";

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections were made so far.</summary>
    public int Connections => Volatile.Read(ref _accepted);

    /// <param name="serve">Plays one connection, given its number from zero; it is closed when that ends.</param>
    /// <param name="listen">The address that it listens on; null for 127.0.0.1.</param>
    public static RawServer Start(Func<RawConnection, int, Task> serve, IPAddress? listen = null)
    {
        var server = new RawServer(listen ?? IPAddress.Loopback);
        server._listener.Start();
        server._accepting = server.AcceptAsync(serve, server._stop.Token);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync(Func<RawConnection, int, Task> serve, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(cancellationToken);
                client.NoDelay = true; // Answers of several writes would wait 40 ms for an acknowledgement.
                var number = Interlocked.Increment(ref _accepted) - 1;
                _connections.Add(PlayAsync(client, number, serve, cancellationToken));
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private static async Task PlayAsync(
        TcpClient client, int number, Func<RawConnection, int, Task> serve, CancellationToken cancellationToken)
    {
        using (client)
            try
            {
                await serve(new RawConnection(client, cancellationToken), number);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The client hung up, or the test is over.
            }
    }
}

/// <summary>One connection to a <see cref="RawServer"/>.</summary>
public sealed class RawConnection(TcpClient client, CancellationToken cancellationToken)
{
    private readonly NetworkStream _stream = client.GetStream();

    /// <summary>Ends when the test does.</summary>
    public CancellationToken Stopping => cancellationToken;

    public Stream Stream => _stream;

    /// <summary>Reads up to the empty line after the headers.</summary>
    /// <returns>The request as text; empty when the client hung up.</returns>
    public async Task<string> ReadRequestAsync()
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await _stream.ReadAsync(one, cancellationToken) == 0)
                return "";
            text.Append((char)one[0]);
        }
        return text.ToString();
    }

    public async Task WriteAsync(string text) =>
        await _stream.WriteAsync(Encoding.Latin1.GetBytes(text), cancellationToken);

    /// <summary>Makes the close that follows a reset, in place of an orderly end.</summary>
    public void Reset() => client.LingerState = new LingerOption(true, 0);

    public Task ForeverAsync() => new TaskCompletionSource().Task.WaitAsync(cancellationToken);
}
