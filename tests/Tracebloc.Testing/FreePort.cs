using System.Net;
using System.Net.Sockets;

namespace Tracebloc.Testing;

/// <summary>A port of 127.0.0.1 on which nothing listens, for a program that is given its port.</summary>
public static class FreePort
{
    /// <summary>The system gives another one each time for a while, so that tests beside this one get others.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The address of a server that is away: a connection to it is refused.</summary>
    public static Uri Closed() => new($"http://127.0.0.1:{Next()}/");
}
