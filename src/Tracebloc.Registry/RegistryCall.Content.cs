namespace Tracebloc.Registry;

internal sealed partial class RegistryCall
{
    // A page holds as many referrers as 4 MiB do; whoever has more of them is not serving signatures.
    private const int MaxPages = 10;

    public Task<Fetched<Manifest>> GetManifestAsync(ImageReference image, CancellationToken cancellationToken) =>
        AskAsync(
            image,
            $"manifests/{image.Digest?.ToString() ?? image.Tag}",
            (host, target, token) => host.GetManifestAsync(target, image.Digest, token),
            cancellationToken);

    public Task<Fetched<byte[]>> GetBlobAsync(
        ImageReference repository, Digest digest, CancellationToken cancellationToken) =>
        AskAsync(
            repository,
            $"blobs/{digest}",
            (host, target, token) => host.GetBlobAsync(target with { Accept = "*/*" }, digest, token),
            cancellationToken);

    public async Task<Fetched<IReadOnlyList<Descriptor>>> GetReferrersAsync(
        ImageReference repository, Digest subject, CancellationToken cancellationToken)
    {
        var found = await AskAsync(
            repository,
            $"referrers/{subject}",
            (host, target, token) => host.GetReferrersAsync(target, MaxPages, token),
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
            var endpoint = RegistryEndpoint.For(repository.Domain, Options);
            var target = new ManifestTarget(endpoint.ContentOf(repository, path), endpoint.NameOf(repository));
            return await ask(HostFor(endpoint), target, cancellationToken);
        }
        catch (RegistryException e)
        {
            return Fetched<T>.Failed(e.Code, e.Message);
        }
    }
}
