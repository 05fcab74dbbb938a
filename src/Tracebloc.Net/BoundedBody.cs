using System.Buffers;

namespace Tracebloc.Net;

/// <summary>Reads bodies up to a limit.</summary>
public static class BoundedBody
{
    /// <summary>The body, or null when it is longer than allowed: then no more than that was read.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(
        HttpContent content, int limit, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > limit)
            return null;
        using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var body = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = await stream.ReadAsync(body.GetMemory(4096), cancellationToken);
            if (read == 0)
                return body.WrittenMemory;
            body.Advance(read);
            if (body.WrittenCount > limit)
                return null;
        }
    }
}
