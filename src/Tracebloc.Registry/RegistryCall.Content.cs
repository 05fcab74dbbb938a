namespace Tracebloc.Registry;

internal sealed partial class RegistryCall
{
    public Task<Fetched<Manifest>> GetManifestAsync(ImageReference image, CancellationToken cancellationToken) =>
        AskAsync(
            image,
            $"manifests/{image.Digest?.ToString() ?? image.Tag}",
            (host, target, token) => _manifests.GetAsync(host, target, image.Digest, token),
            cancellationToken);

    public Task<Fetched<byte[]>> GetBlobAsync(
        ImageReference repository, Digest digest, CancellationToken cancellationToken) =>
        AskAsync(
            repository,
            $"blobs/{digest}",
            (host, target, token) => _blobs.GetAsync(host, target, digest, token),
            cancellationToken);

    public async Task<Fetched<IReadOnlyList<Descriptor>>> GetReferrersAsync(
        ImageReference repository, Digest subject, CancellationToken cancellationToken)
    {
        var found = await AskAsync(
            repository,
            $"referrers/{subject}",
            (host, target, token) => _blobs.ListReferrersAsync(host, target, token),
            cancellationToken);
        if (found.Verdict is not Verdict.NotFound)
            return found;
        var tag = ImageReference.Parse($"{repository.Repository}:{Referrers.TagOf(subject)}");
        var tagged = await GetManifestAsync(tag, cancellationToken);
        return tagged.Verdict is Verdict.NotFound
            ? Fetched<IReadOnlyList<Descriptor>>.Of([])
            : tagged.As(index => index.Manifests);
    }

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
