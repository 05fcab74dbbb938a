using System.Buffers;

namespace Tracebloc.Net;

/// <summary>Reads bodies up to a limit.</summary>
public static class BoundedBody
{
    private const int Unannounced = 16 * 1024;

    /// <summary>The body, or null when it is longer than allowed: then no more than that was read.</summary>
    /// <param name="content">The answer.</param>
    /// <param name="limit">The most bytes that are accepted.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(
        HttpContent content, int limit, CancellationToken cancellationToken)
    {
        var announced = content.Headers.ContentLength ?? Math.Min(limit, Unannounced);
        if (announced > limit)
            return null;
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        return await ReadAsync(stream, announced, limit, cancellationToken);
    }

    /// <summary>The body as a stream of any length, for callers that bound what they take and each wait.</summary>
    /// <param name="content">The answer.</param>
    /// <param name="cancellationToken">Cancels opening, not reading.</param>
    public static Task<Stream> OpenAsync(HttpContent content, CancellationToken cancellationToken) =>
        content.ReadAsStreamAsync(cancellationToken);

    /// <summary>The rest of a stream; null when it is longer than allowed, and then no more is read.</summary>
    /// <param name="stream">The stream, which stays open.</param>
    /// <param name="announced">The bytes that are expected, at most <paramref name="limit"/>.</param>
    /// <param name="limit">The most bytes that are accepted.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(
        Stream stream, long announced, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var body = new ArrayBufferWriter<byte>((int)announced + 1); // one more, so that the end is seen without growing
        while (await stream.ReadAsync(body.GetMemory(), cancellationToken) is > 0 and var read)
        {
            body.Advance(read);
            if (body.WrittenCount > limit)
                return null;
        }

        return body.WrittenMemory;
    }
}
