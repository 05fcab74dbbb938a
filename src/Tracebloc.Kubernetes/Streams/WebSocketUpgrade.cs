using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Tracebloc.Kubernetes;

/// <summary>The change of a connection from HTTP to WebSocket messages.</summary>
/// <remarks>
/// It is made by hand, since <c>ClientWebSocket</c> drops the body of a refusal: this way a refused upgrade goes
/// through the client's own call, with the same Status, remedy, renewal of credentials and reason of a refused
/// certificate.
/// </remarks>
/// <param name="protocols">The protocols that the client speaks, the best first.</param>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc6455#section-4.1"/>
internal sealed class WebSocketUpgrade(params IReadOnlyList<string> protocols)
{
    private const string Guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));

    /// <summary>The protocols, for messages.</summary>
    internal string Names => string.Join(" or ", protocols);

    /// <summary>True for the answer that changes the protocol of a request that asks for it.</summary>
    internal static bool IsAccepted(KubernetesRequest request, HttpResponseMessage answer) =>
        request.Upgrade is not null && answer.StatusCode == HttpStatusCode.SwitchingProtocols;

    internal void AddTo(HttpRequestHeaders headers)
    {
        headers.Connection.Add("Upgrade");
        headers.Upgrade.Add(new ProductHeaderValue("websocket"));
        headers.Add("Sec-WebSocket-Version", "13");
        headers.Add("Sec-WebSocket-Key", _key);
        headers.Add("Sec-WebSocket-Protocol", string.Join(", ", protocols));
    }

    /// <summary>The fault of an answer that should have changed the protocol; null when it did.</summary>
    internal string? FaultOf(HttpResponseMessage answer) =>
        answer.StatusCode != HttpStatusCode.SwitchingProtocols
            ? $"the answer is {(int)answer.StatusCode} and no WebSocket; does a proxy before the server pass them on?"
        : Header(answer, "Sec-WebSocket-Accept") != Accept()
            ? "the answer belongs to another WebSocket request; does a proxy before the server keep answers?"
        : ProtocolOf(answer) is null ? $"the server chose none of {Names}" : null;

    /// <summary>The protocol that the server chose; null when it is none of those offered.</summary>
    internal string? ProtocolOf(HttpResponseMessage answer) =>
        Header(answer, "Sec-WebSocket-Protocol") is { } chosen && protocols.Contains(chosen) ? chosen : null;

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    // No secret hangs on it: the RFC prescribes SHA-1 to tell a WebSocket server from any other.
    private string Accept() => Convert.ToBase64String(
        CryptographicOperations.HashData(HashAlgorithmName.SHA1, Encoding.ASCII.GetBytes(_key + Guid)));
}
