using System.Net;
using System.Net.Sockets;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Benchmarks.Push;

/// <summary>Passes the connections of pods on to a server that listens on loopback alone.</summary>
internal static class TcpRelay
{
    /// <param name="address">An address of this machine that pods reach.</param>
    /// <param name="port">The server's port on 127.0.0.1.</param>
    public static RawServer Start(IPAddress address, int port) =>
        RawServer.Start((client, _) => PassAsync(client, port), address);

    private static async Task PassAsync(RawConnection client, int port)
    {
        using var server = new TcpClient();
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, port, client.Stopping);
            var (near, far) = (client.Stream, server.GetStream());
            await Task.WhenAny(near.CopyToAsync(far, client.Stopping), far.CopyToAsync(near, client.Stopping));
        }
        catch (SocketException)
        {
            // The server is away: the pod sees its connection end.
        }
    }
}
