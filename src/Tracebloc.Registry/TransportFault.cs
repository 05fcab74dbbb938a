using System.Net.Sockets;
using System.Security.Authentication;
using Tracebloc.Net;

namespace Tracebloc.Registry;

/// <summary>
/// The meaning of a call without an answer. The exceptions' own messages stay out of it: those of proxies hold
/// passwords.
/// </summary>
internal static class TransportFault
{
    public static Reply Explain(HttpCall call, Exception fault, CertificateRefusals refusals) => fault switch
    {
        HeaderException => Fault(call, Verdict.Config, fault.Message),
        HttpRequestException request => Explain(call, request, refusals),
        _ => Broken(call),
    };

    private static Reply Explain(HttpCall call, HttpRequestException fault, CertificateRefusals refusals) =>
        fault.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => ExplainName(call, fault),
            HttpRequestError.SecureConnectionError => ExplainTls(call, fault, refusals),
            HttpRequestError.ConnectionError => HostFault(
                call, Verdict.Transient, $"cannot connect ({CodeOf(fault)}); check that the registry is up"),
            HttpRequestError.ProxyTunnelError => ExplainProxy(call, fault),
            HttpRequestError.ConfigurationLimitExceeded => Fault(
                call, Verdict.Invalid, "the answer's headers are larger than 32 KiB; check that this is a registry"),
            _ => Broken(call),
        };

    private static Reply ExplainName(HttpCall call, HttpRequestException fault) =>
        SocketErrorOf(fault) is SocketError.HostNotFound or SocketError.NoData
            ? HostFault(call, Verdict.Config, $"there is no host {call.Uri.IdnHost}; check its spelling")
            : HostFault(call, Verdict.Transient, $"the name {call.Uri.IdnHost} cannot be looked up now; check the DNS");

    private static Reply ExplainTls(HttpCall call, HttpRequestException fault, CertificateRefusals refusals)
    {
        if (refusals.Take(call.Uri.IdnHost) is { } reason)
            return HostFault(call, Verdict.Config, reason);
        return fault.InnerException is AuthenticationException
            ? HostFault(
                call,
                Verdict.Config,
                "the TLS handshake failed; serve TLS 1.2 or later, or declare a plain http registry insecure")
            : Broken(call);
    }

    private static Reply ExplainProxy(HttpCall call, HttpRequestException fault) =>
        fault.Message.Contains("407", StringComparison.Ordinal)
            ? HostFault(call, Verdict.Config, "the proxy requires a user and password; put them into HTTPS_PROXY")
            : HostFault(call, Verdict.Transient, "the proxy opened no tunnel; check it, or add the host to NO_PROXY");

    // A reset, a truncated body, GOAWAY: what a restarting server or a full load balancer does.
    private static Reply Broken(HttpCall call) => Reply.Failed(
        call.Uri,
        Answer.Failed(Verdict.Transient, $"{call}: the connection broke off; check the way to the registry"),
        isRetryable: true);

    private static Reply Fault(HttpCall call, Verdict verdict, string message) =>
        Reply.Failed(call.Uri, Answer.Failed(verdict, $"{call}: {message}"));

    private static Reply HostFault(HttpCall call, Verdict verdict, string message) =>
        Reply.Failed(call.Uri, Answer.Failed(verdict, $"{call}: {message}"), isHostFailure: true);

    private static SocketError SocketErrorOf(Exception fault) =>
        fault.InnerException is SocketException socket ? socket.SocketErrorCode : SocketError.Success;

    private static string CodeOf(Exception fault) => SocketErrorOf(fault) switch
    {
        SocketError.ConnectionRefused => "refused",
        SocketError.TimedOut => "timed out",
        SocketError.NetworkUnreachable or SocketError.HostUnreachable => "no route",
        var code => code.ToString(),
    };
}
