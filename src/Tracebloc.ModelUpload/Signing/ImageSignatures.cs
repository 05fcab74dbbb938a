using Tracebloc.Registry;
using Tracebloc.Signatures;
using Tracebloc.Signatures.Signing;

namespace Tracebloc.ModelUpload.Signing;

/// <summary>The signatures of a repository's images, stored as cosign 3 stores them.</summary>
/// <param name="registry">The client with the credentials of the destination.</param>
/// <param name="repository">The repository.</param>
internal sealed class ImageSignatures(RegistryClient registry, ImageReference repository)
{
    public ImageReference Repository => repository;

    /// <summary>Stores a bundle as a referrer of the image.</summary>
    /// <exception cref="UploadException">The registry refused.</exception>
    public async Task StoreAsync(
        SignedBundle bundle, Digest image, DateTimeOffset created, CancellationToken cancellationToken)
    {
        var subject = await SubjectAsync(image, cancellationToken);
        var content = Digest.Of(bundle.Content.Span);
        await PushAsync(bundle.Content, cancellationToken);
        await PushAsync(BundleReferrer.Config, cancellationToken);
        var manifest = BundleReferrer.Manifest(
            subject, content, bundle.Content.Length, ImageStatement.PredicateType, created);
        Require(await registry.PushReferrerAsync(
            repository, image, BundleReferrer.ManifestType, manifest, cancellationToken));
    }

    public Task<SignatureVerdict> VerifyAsync(
        Digest image, SignaturePolicy policy, CancellationToken cancellationToken) =>
        new SignatureVerifier(registry).VerifyAsync(repository, image, policy, cancellationToken);

    private async Task<Descriptor> SubjectAsync(Digest image, CancellationToken cancellationToken)
    {
        var manifest = Require(await registry.GetManifestAsync(
            ImageReference.Parse(repository.At(image)), cancellationToken));
        return new Descriptor
        {
            MediaType = manifest.MediaType ?? BundleReferrer.ManifestType,
            Digest = image,
            Size = manifest.Content.Length,
        };
    }

    private async Task PushAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        Require(await registry.PushBlobAsync(
            repository,
            new BlobContent(
                content.Length,
                Digest.Of(content.Span),
                (offset, _) => Task.FromResult<Stream>(new MemoryStream(content[(int)offset..].ToArray()))),
            new PushOptions(),
            cancellationToken));

    private T Require<T>(Fetched<T> fetched) where T : class => fetched.IsOk
        ? fetched.Value
        : throw SigningFault.Of(
            $"Image signature was not stored in {repository.Repository}: {fetched.Message}",
            isTransient: fetched.Verdict is Verdict.Transient or Verdict.Limited);
}
