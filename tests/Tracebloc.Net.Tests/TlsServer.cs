using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Net.Tests;

/// <summary>One TLS handshake on loopback.</summary>
internal static class TlsServer
{
    /// <summary>Connects to a server that sends the given certificates.</summary>
    /// <returns>Null when the client trusted it, else the reason of the refusal.</returns>
    public static async Task<string?> RefusalAsync(
        ServerTrust trust, X509Certificate2 leaf, X509Certificate2[] others, CancellationToken token)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, SslStreamCertificateContext.Create(leaf, [.. others], offline: true), token);
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, token);
        await using var stream = new SslStream(client.GetStream());
        trust.Options.TargetHost = "localhost";
        try
        {
            await stream.AuthenticateAsClientAsync(trust.Options, token);
            return trust.TakeRefusal("localhost");
        }
        catch (AuthenticationException)
        {
            return trust.TakeRefusal("localhost") ?? "refused without a reason";
        }
        finally
        {
            client.Close();
            await serving;
        }
    }

    /// <summary>Sends the given certificates to one client, which another process is.</summary>
    public static async Task<T> ServeAsync<T>(
        X509Certificate2 leaf, X509Certificate2[] others, Func<int, Task<T>> connect, CancellationToken token)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, SslStreamCertificateContext.Create(leaf, [.. others], offline: true), token);
        var answer = await connect(((IPEndPoint)listener.LocalEndpoint).Port);
        await serving;
        return answer;
    }

    private static async Task ServeAsync(
        TcpListener listener, SslStreamCertificateContext certificate, CancellationToken token)
    {
        using var connection = await listener.AcceptTcpClientAsync(token);
        await using var stream = new SslStream(connection.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificateContext = certificate }, token);
            await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, token);
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            // The client refused the certificate.
        }
    }
}
