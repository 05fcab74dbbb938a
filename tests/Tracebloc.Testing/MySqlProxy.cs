using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Testing;

/// <summary>
/// Stands before a real MySQL or MariaDB, counts the commands that come through, and lets a test act before one is
/// passed on and after it was answered, when the client does not know that yet. It hides that the server offers TLS;
/// MySQL takes a password without TLS only after an earlier login of the account with TLS.
/// </summary>
public sealed class MySqlProxy : IAsyncDisposable
{
    private readonly ConcurrentQueue<ProxiedCall> _calls = [];
    private readonly RawServer _listener;

    private MySqlProxy(IPEndPoint target, CallCounter counter) => _listener = RawServer.Start(
        async (connection, _) =>
        {
            using var server = new TcpClient();
            await server.ConnectAsync(target, connection.Stopping);
            await new ProxiedMySql(connection, server.GetStream(), counter, _calls.Enqueue).PlayAsync();
        });

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port => int.Parse(_listener.Host.Split(':')[1], CultureInfo.InvariantCulture);

    /// <summary>The commands so far: <c>QUERY</c> with its text, <c>FILE</c> for the end of a stream.</summary>
    public IReadOnlyList<ProxiedCall> Calls => [.. _calls];

    /// <param name="port">The server's port on 127.0.0.1.</param>
    /// <param name="counter">Counts, and acts on, the calls.</param>
    public static MySqlProxy Start(int port, CallCounter counter) =>
        new(new IPEndPoint(IPAddress.Loopback, port), counter);

    /// <summary>Forgets the commands so far.</summary>
    public void Forget() => _calls.Clear();

    public ValueTask DisposeAsync() => _listener.DisposeAsync();
}
