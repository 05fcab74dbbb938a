using System.Runtime.CompilerServices;
using Tracebloc.Registry;

namespace Tracebloc.Signatures;

/// <summary>
/// Finds the signatures of an image in its registry: under cosign's tag, and among the image's referrers.
/// </summary>
internal sealed class SignatureSearch(
    RegistryClient registry, ImageReference image, Digest digest, SignaturePolicy policy)
{
    // cosign's older name for its signatures among the referrers (COSIGN_EXPERIMENTAL with OCI 1.1).
    private const string CosignArtifact = "application/vnd.dev.cosign.artifact.sig.v1+json";
    private const string PredicateType = "dev.sigstore.bundle.predicateType";
    private const long MaxSize = 4 << 20;
    private const int MaxReferrers = 64;

    // cosign's tag holds the whole digest, and a tag at most 128 characters: sha512 has none.
    private const int MaxTagLength = 128;

    /// <summary>The candidates, one fetched after the other, so that none is fetched once one was good.</summary>
    public async IAsyncEnumerable<Candidate> FindAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var candidate in FindByTagAsync(cancellationToken))
            yield return candidate;
        await foreach (var candidate in FindReferrersAsync(cancellationToken))
            yield return candidate;
    }

    private async IAsyncEnumerable<Candidate> FindByTagAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var tag = $"{digest.Algorithm}-{digest.Hex}.sig";
        if (tag.Length > MaxTagLength)
            yield break;
        var reference = ImageReference.Parse($"{image.Repository}:{tag}");
        var manifest = await registry.GetManifestAsync(reference, cancellationToken);
        if (manifest.Verdict is Verdict.NotFound)
            yield break;
        await foreach (var candidate in ReadAsync(tag, manifest, cancellationToken))
            yield return candidate;
    }

    private async IAsyncEnumerable<Candidate> FindReferrersAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var referrers = await registry.GetReferrersAsync(image, digest, cancellationToken);
        if (!referrers.IsOk)
        {
            yield return Missing("referrers", referrers);
            yield break;
        }
        foreach (var referrer in Ranked(referrers.Value))
        {
            var reference = ImageReference.Parse(image.At(referrer));
            var manifest = await registry.GetManifestAsync(reference, cancellationToken);
            if (manifest.IsOk && !MayApprove(manifest.Value.Annotations))
                continue;
            await foreach (var candidate in ReadAsync(referrer.ToString(), manifest, cancellationToken))
                yield return candidate;
        }
    }

    /// <summary>
    /// The referrers, likely signatures first. An entry's type and annotations are hints, and only the manifest
    /// decides: where a registry has no referrers API, cosign 3 writes the type of the manifest's config there.
    /// </summary>
    private static IEnumerable<Digest> Ranked(IReadOnlyList<Descriptor> referrers) => referrers
        .OrderByDescending(referrer => IsSignatureType(referrer.ArtifactType) && MayApprove(referrer.Annotations))
        .Select(referrer => referrer.Digest)
        .Distinct()
        .Take(MaxReferrers);

    private static bool IsSignatureType(string? type) =>
        type == CosignArtifact || type?.StartsWith(Bundle.MediaTypeStart, StringComparison.Ordinal) == true;

    // Attestations of other kinds lie in bundles too; cosign annotates its manifests with the kind.
    private static bool MayApprove(IReadOnlyDictionary<string, string> annotations) =>
        annotations.GetValueOrDefault(PredicateType) is not { } predicate || InTotoStatement.Approves(predicate);

    private async IAsyncEnumerable<Candidate> ReadAsync(
        string place, Fetched<Manifest> manifest, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!manifest.IsOk)
        {
            yield return Missing(place, manifest);
            yield break;
        }
        foreach (var layer in manifest.Value.Layers)
            if (layer.MediaType == SimpleSigning.MediaType
                || layer.MediaType.StartsWith(Bundle.MediaTypeStart, StringComparison.Ordinal))
                yield return await ReadAsync(place, layer, cancellationToken);
    }

    private async Task<Candidate> ReadAsync(string place, Descriptor layer, CancellationToken cancellationToken)
    {
        if (layer.Size > MaxSize)
            return new Candidate(place) { Fault = "it is larger than 4 MiB, which no signature is" };
        var blob = await registry.GetBlobAsync(image, layer.Digest, cancellationToken);
        if (!blob.IsOk)
            return Missing(place, blob);
        if (layer.MediaType != SimpleSigning.MediaType)
            return await ReadBundleAsync(place, blob.Value, cancellationToken);
        var signature = new SimpleSigningReader(layer.Annotations, policy.NeedsMaterial).Read(blob.Value, out var fault);
        return new Candidate(place) { Signature = signature, Fault = fault };
    }

    private async Task<Candidate> ReadBundleAsync(string place, byte[] json, CancellationToken cancellationToken)
    {
        if (BundleReader.Read(json, out var fault) is not { } bundle)
            return new Candidate(place) { Fault = fault };
        if (!bundle.NeedsManifest)
            return new Candidate(place) { Signature = bundle.ToSignature(default) };
        var manifest = await registry.GetManifestAsync(ImageReference.Parse(image.At(digest)), cancellationToken);
        return manifest.IsOk
            ? new Candidate(place) { Signature = bundle.ToSignature(manifest.Value.Content) }
            : Missing(place, manifest);
    }

    private static Candidate Missing<T>(string place, Fetched<T> fetched) where T : class => new(place)
    {
        Fault = fetched.Message,
        IsOutage = fetched.Verdict is not Verdict.NotFound,
        RetryAt = fetched.RetryAt,
    };
}
