namespace Tracebloc.Registry;

/// <summary>Fetches blobs.</summary>
internal sealed class BlobReader(ContentFetcher fetcher, TimeProvider time)
{
    /// <summary>A blob, checked against its digest.</summary>
    public async Task<Fetched<byte[]>> GetAsync(
        RegistryHost host, ManifestTarget target, Digest digest, CancellationToken cancellationToken)
    {
        var get = await fetcher.FetchAsync(host, HttpMethod.Get, target with { Accept = "*/*" }, cancellationToken);
        if (ContentFetcher.FailureOf(get, time) is { } failure)
            return Fetched<byte[]>.Failed(failure);
        return digest.Matches(get.Body.Span)
            ? Fetched<byte[]>.Of(get.Body.ToArray())
            : Fetched<byte[]>.Failed(ContentFetcher.Invalid(get, "a body that does not match its digest"));
    }
}
