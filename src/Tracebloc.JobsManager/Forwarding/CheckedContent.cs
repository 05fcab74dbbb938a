using System.Net;
using System.Net.Http.Headers;

namespace Tracebloc.JobsManager.Forwarding;

/// <summary>A checked body as the content of a request. The media type is its own: a client's could change the
/// meaning of the bytes.</summary>
internal sealed class CheckedContent : HttpContent
{
    private readonly CheckedBody _body;

    public CheckedContent(CheckedBody body)
    {
        _body = body;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        _body.CopyToAsync(stream, CancellationToken.None);

    protected override Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _body.CopyToAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length ?? 0;
        return _body.Length is not null;
    }
}
