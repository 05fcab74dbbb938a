using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Tracebloc.Net;

namespace Tracebloc.Registry.Pushing;

/// <summary>A part of a blob as the body of a PATCH or PUT.</summary>
/// <param name="source">The blob.</param>
/// <param name="start">The offset of the part.</param>
/// <param name="length">Its bytes; null for the rest of the blob, whose length is stated nowhere.</param>
/// <param name="pace">The time for the registry's answer after the last byte.</param>
internal sealed class BlobPart(UploadSource source, long start, long? length, TimeSpan pace) : RequestBody
{
    public override long? Length => length;

    /// <summary>True for a chunk, which states where it belongs.</summary>
    public bool HasRange { get; init; }

    public long Start => start;

    /// <summary>The offset behind the part, once it was sent.</summary>
    public long End => length is { } known ? start + known : source.Position;

    public override HttpContent ToContent(Deadline deadline)
    {
        var content = new Content(this, deadline);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        if (HasRange && length is { } bytes)
            content.Headers.ContentRange = new RawRange(start, start + bytes - 1);
        return content;
    }

    private async Task SendAsync(Stream target, Deadline deadline, CancellationToken cancellationToken)
    {
        await source.SendAsync(this, target, deadline, cancellationToken);
        deadline.Restart(pace);
    }

    // Raw and inclusive, without "bytes": ACR rejects what .NET's own header has (sdk-container-builds PR#258).
    private sealed class RawRange(long from, long to) : ContentRangeHeaderValue(from, to)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From}-{To}");
    }

    private sealed class Content(BlobPart part, Deadline deadline) : HttpContent
    {
        protected override bool TryComputeLength(out long length)
        {
            length = part.Length ?? 0;
            return part.Length is not null;
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            part.SendAsync(stream, deadline, CancellationToken.None);

        protected override Task SerializeToStreamAsync(
            Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
            part.SendAsync(stream, deadline, cancellationToken);
    }
}
