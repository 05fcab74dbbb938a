namespace Tracebloc.Registry;

internal sealed partial class RegistryCall
{
    public Task<Fetched<Manifest>> GetManifestAsync(
        ImageReference image, int maxBytes, CancellationToken cancellationToken) =>
        AskAsync(
            image,
            $"manifests/{image.Digest?.ToString() ?? image.Tag}",
            (host, target, token) => _manifests.GetAsync(host, target with { MaxBody = maxBytes }, image.Digest, token),
            cancellationToken);

    public Task<Fetched<byte[]>> GetManifestContentAsync(ImageReference image, CancellationToken cancellationToken) =>
        AskAsync(
            image,
            $"manifests/{image.Digest?.ToString() ?? image.Tag}",
            (host, target, token) => _manifests.GetAsync(
                host, target, image.Digest, get => Fetched<byte[]>.Of(get.Body.ToArray()), token),
            cancellationToken);

    public Task<Fetched<byte[]>> GetBlobAsync(
        ImageReference repository, Digest digest, int maxBytes, CancellationToken cancellationToken) =>
        AskAsync(
            repository,
            $"blobs/{digest}",
            (host, target, token) => _blobs.GetAsync(host, target with { MaxBody = maxBytes }, digest, token),
            cancellationToken);

    public async Task<Fetched<ReferrerList>> GetReferrersAsync(
        ImageReference repository, Digest subject, ReferrerFilter filter, CancellationToken cancellationToken)
    {
        var found = await AskAsync(
            repository,
            $"referrers/{subject}",
            (host, target, token) => _referrers.ListAsync(host, target, filter, token),
            cancellationToken);
        return found.Verdict is not Verdict.NotFound ? found : await AskAsync(
            repository,
            $"manifests/{Referrers.TagOf(subject)}",
            (host, target, token) => _referrers.ListTaggedAsync(host, target, filter, token),
            cancellationToken);
    }

    public Task<Fetched<Stream>> OpenBlobAsync(
        ImageReference repository, Digest digest, long offset, CancellationToken cancellationToken) =>
        AskAsync(
            repository,
            $"blobs/{digest}",
            (host, target, token) => _streams.OpenAsync(host, target, offset, token),
            cancellationToken);

    private async Task<Fetched<T>> AskAsync<T>(
        ImageReference repository,
        string path,
        Func<RegistryHost, ManifestTarget, CancellationToken, Task<Fetched<T>>> ask,
        CancellationToken cancellationToken) where T : class
    {
        try
        {
            var endpoint = RegistryEndpoint.For(repository.Domain, _options);
            var target = new ManifestTarget(endpoint.ContentOf(repository, path), endpoint.NameOf(repository));
            return await ask(_hosts.For(endpoint), target, cancellationToken);
        }
        catch (RegistryException e)
        {
            return Fetched<T>.Failed(e.Code, e.Message);
        }
    }
}
