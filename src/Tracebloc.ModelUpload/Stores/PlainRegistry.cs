using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Stores;

/// <summary>
/// Finds out if a registry speaks plain http, only where the option forgoes the verification of TLS: in today's job it
/// stands for both (containers/image, docker_client.go: https first, then http).
/// </summary>
internal static class PlainRegistry
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <param name="host">The domain of an image reference.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels asking.</param>
    public static async Task<bool> IsPlainAsync(string host, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate($"https://{host}/", UriKind.Absolute, out var root))
            return false;
        using var deadline = new Deadline(Limit, time, cancellationToken);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(root.IdnHost, root.Port, deadline.Token);
            await using var stream = new SslStream(client.GetStream());
            var trust = ServerTrust.Anyone().Options;
            trust.TargetHost = root.IdnHost;
            await stream.AuthenticateAsClientAsync(trust, deadline.Token);
            return false;
        }
        catch (Exception answer) when (answer is AuthenticationException or IOException)
        {
            return true;
        }
        catch (Exception silence) when (silence is SocketException or OperationCanceledException)
        {
            // Not there: the client's own message says so.
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }
}
