using System.Buffers;
using Tracebloc.Net;

namespace Tracebloc.Registry.Pushing;

/// <summary>Opens blobs as streams, from any offset.</summary>
internal sealed class BlobStreamReader(ContentFetcher fetcher, TimeProvider time)
{
    private const int Piece = 64 << 10;

    public async Task<Fetched<Stream>> OpenAsync(
        RegistryHost host, ManifestTarget target, long offset, CancellationToken cancellationToken)
    {
        var get = await fetcher.FetchAsync(
            host,
            HttpMethod.Get,
            target with { Accept = "*/*", IsStreamed = true, Offset = offset },
            cancellationToken);
        if (get is { HasAnswer: true, Status: 416 } && LengthOf(get) == offset)
            return Fetched<Stream>.Of(Stream.Null);
        if (get.Failure is { } failure)
            return Fetched<Stream>.Failed(failure);
        if (get.Response is not { } response)
            return Fetched<Stream>.Failed(StatusVerdict.Explain(get, time));
        if (get.Status == 206 && StartOf(get) != offset)
        {
            response.Dispose();
            return Fetched<Stream>.Failed(ContentFetcher.Invalid(get, $"another range than from {offset} on"));
        }
        var body = new BlobStream(response, await BoundedBody.OpenAsync(response.Content, cancellationToken), time);
        // A registry, or the store behind it, that knows no ranges sends the blob from its beginning.
        return get.Status == 206 || offset == 0
            ? Fetched<Stream>.Of(body)
            : await SkipAsync(body, get, offset, cancellationToken);
    }

    private static async Task<Fetched<Stream>> SkipAsync(
        BlobStream body, Reply get, long offset, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            while (offset > 0)
            {
                var read = await body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(Piece, offset)), cancellationToken);
                if (read == 0)
                    return await EndAsync(ContentFetcher.Invalid(get, "a blob that ends before the offset"));
                offset -= read;
            }
            return Fetched<Stream>.Of(body);
        }
        catch (IOException)
        {
            return await EndAsync(Answer.Failed(
                Verdict.Transient, $"{HttpCall.Print(get.Uri)}: the connection broke off; try again later"));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        async Task<Fetched<Stream>> EndAsync(Answer failure)
        {
            await body.DisposeAsync();
            return Fetched<Stream>.Failed(failure);
        }
    }

    private static long? StartOf(Reply reply) => reply.ContentHeaders?.ContentRange?.From;

    private static long? LengthOf(Reply reply) => reply.ContentHeaders?.ContentRange?.Length;
}
