using System.Net.Sockets;
using System.Security.Authentication;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Stores;

/// <summary>
/// The meaning of a call without an answer. The exceptions' own messages stay out of it: those of proxies hold
/// passwords.
/// </summary>
internal static class WebFault
{
    /// <param name="call">The call.</param>
    /// <param name="address">The address that was asked, that of a redirect included.</param>
    /// <param name="fault">The fault.</param>
    /// <param name="refusal">The reason why the server's certificate was refused, if it was.</param>
    public static UploadException Of(WebCall call, Uri address, HttpRequestException fault, string? refusal)
    {
        var (message, isTransient) = Explain(address, fault, refusal);
        return UploadException.OfSource($"{call.Name} cannot be read: {message}", fault, isTransient);
    }

    private static (string Message, bool IsTransient) Explain(
        Uri address, HttpRequestException fault, string? refusal) => fault switch
        {
            HeaderException => (fault.Message, false),
            _ when refusal is not null => ($"{address.Authority}: {refusal}", false),
            _ => fault.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => ExplainName(address, fault),
                HttpRequestError.SecureConnectionError when fault.InnerException is AuthenticationException =>
                    ($"the TLS handshake with {address.Authority} failed; serve TLS 1.2 or later there", false),
                HttpRequestError.ConnectionError => (
                    $"cannot connect to {address.Authority} ({CodeOf(fault)}); check that the server is up", true),
                HttpRequestError.ProxyTunnelError => ExplainProxy(address, fault),
                HttpRequestError.ConfigurationLimitExceeded => (
                    $"the headers of {address.Authority} are too large", false),
                _ => ($"the connection to {address.Authority} broke off", true),
            },
        };

    private static (string Message, bool IsTransient) ExplainName(Uri address, HttpRequestException fault) =>
        ErrorOf(fault) is SocketError.HostNotFound or SocketError.NoData
            ? ($"there is no host {address.IdnHost}; check its spelling", false)
            : ($"the name {address.IdnHost} cannot be looked up now; check the DNS", true);

    private static (string Message, bool IsTransient) ExplainProxy(Uri address, HttpRequestException fault) =>
        fault.Message.Contains("407", StringComparison.Ordinal)
            ? ("the proxy requires a user and password; put them into HTTPS_PROXY", false)
            : ($"the proxy opened no tunnel; check it, or add {address.IdnHost} to NO_PROXY", true);

    private static SocketError ErrorOf(Exception fault) =>
        fault.InnerException is SocketException socket ? socket.SocketErrorCode : SocketError.Success;

    private static string CodeOf(Exception fault) => ErrorOf(fault) switch
    {
        SocketError.ConnectionRefused => "refused",
        SocketError.TimedOut or SocketError.Success => "timed out",
        SocketError.NetworkUnreachable or SocketError.HostUnreachable => "no route",
        var code => code.ToString(),
    };
}
