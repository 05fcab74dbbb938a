using System.Net.Http.Headers;
using Tracebloc.Net;

namespace Tracebloc.Registry.Pushing;

/// <summary>A body that is in memory: a manifest.</summary>
internal sealed class BytesBody(ReadOnlyMemory<byte> bytes, string mediaType) : RequestBody
{
    public override long? Length => bytes.Length;

    public override HttpContent ToContent(Deadline deadline)
    {
        var content = new ReadOnlyMemoryContent(bytes);
        if (MediaTypeHeaderValue.TryParse(mediaType, out var type))
            content.Headers.ContentType = type;
        return content;
    }
}
