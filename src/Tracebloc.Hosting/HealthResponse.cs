using System.Net;
using System.Text;

namespace Tracebloc.Hosting;

/// <summary>An answer to one request, after which the connection ends.</summary>
/// <param name="Status">The status.</param>
/// <param name="Type">The media type of the text.</param>
/// <param name="Text">The body.</param>
internal sealed record HealthResponse(HttpStatusCode Status, string Type, string Text)
{
    private const string PlainText = "text/plain";

    public static HealthResponse Plain(HttpStatusCode status, string text) => new(status, PlainText, text);

    /// <summary>The answer to a probe: 200 or 503, and why.</summary>
    public static HealthResponse Probe(bool isSo, string otherwise) =>
        isSo ? Plain(HttpStatusCode.OK, "ok\n") : Plain(HttpStatusCode.ServiceUnavailable, $"{otherwise}\n");

    /// <param name="now">The time of the answer.</param>
    /// <param name="withBody">False for the answer to HEAD.</param>
    public byte[] ToBytes(DateTimeOffset now, bool withBody)
    {
        var body = Encoding.UTF8.GetBytes(Text);
        var head = Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {(int)Status} {Status}\r\nDate: {now:R}\r\nContent-Type: {Type}\r\n"
            + $"Content-Length: {body.Length}\r\nConnection: close\r\n\r\n");
        return withBody ? [.. head, .. body] : head;
    }
}
