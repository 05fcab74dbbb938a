using System.Runtime.CompilerServices;
using Tracebloc.Registry;

namespace Tracebloc.Signatures;

/// <summary>
/// Finds the signatures of an image in its registry: under cosign's tag, and among the image's referrers. Ends early
/// where the budget does.
/// </summary>
internal sealed class SignatureSearch(SignatureSource source, SignaturePolicy policy, VerificationBudget budget)
{
    // cosign's older name for its signatures among the referrers (COSIGN_EXPERIMENTAL with OCI 1.1).
    private const string CosignArtifact = "application/vnd.dev.cosign.artifact.sig.v1+json";
    private const string PredicateType = "dev.sigstore.bundle.predicateType";

    /// <summary>
    /// Likely signatures among the referrers. An entry's type and annotations are hints, and only the manifest decides:
    /// where a registry has no referrers API, cosign 3 writes the type of the manifest's config there.
    /// </summary>
    private static readonly ReferrerFilter Likely = new(IsSignatureType, PredicateType, MayApprove);

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
        if (source.Tag is not { } tag)
            yield break;
        if (await source.ReadTagAsync(tag, cancellationToken) is not { Verdict: not Verdict.NotFound } manifest)
            yield break;
        await foreach (var candidate in ReadAsync(tag, manifest, cancellationToken))
            yield return candidate;
    }

    private async IAsyncEnumerable<Candidate> FindReferrersAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await source.ListReferrersAsync(Likely, cancellationToken) is not { } referrers)
            yield break;
        if (!referrers.IsOk)
        {
            yield return Missing("referrers", referrers);
            yield break;
        }
        foreach (var referrer in referrers.Value.Found)
        {
            if (await source.ReadManifestAsync(referrer.Digest, cancellationToken) is not { } manifest)
                yield break;
            if (manifest.IsOk && !MayApprove(manifest.Value.Annotations.GetValueOrDefault(PredicateType)))
                continue;
            await foreach (var candidate in ReadAsync(referrer.Digest.ToString(), manifest, cancellationToken))
                yield return candidate;
        }
        if (!referrers.Value.IsComplete)
            budget.Exceed("the registry lists more referrers than are read");
    }

    private static bool IsSignatureType(string? type) =>
        type == CosignArtifact || type?.StartsWith(Bundle.MediaTypeStart, StringComparison.Ordinal) == true;

    // Attestations of other kinds lie in bundles too; cosign annotates its manifests with the kind.
    private static bool MayApprove(string? predicate) => predicate is null || InTotoStatement.Approves(predicate);

    private async IAsyncEnumerable<Candidate> ReadAsync(
        string place, Fetched<Manifest> manifest, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!manifest.IsOk)
        {
            if (budget.TryTakeCandidate())
                yield return Missing(place, manifest);
            yield break;
        }
        foreach (var layer in manifest.Value.Layers)
        {
            if (layer.MediaType != SimpleSigning.MediaType
                && !layer.MediaType.StartsWith(Bundle.MediaTypeStart, StringComparison.Ordinal))
                continue;
            if (!budget.TryTakeCandidate() || await ReadAsync(place, layer, cancellationToken) is not { } candidate)
                yield break;
            yield return candidate;
        }
    }

    /// <summary>Null when the budget is spent.</summary>
    private async Task<Candidate?> ReadAsync(string place, Descriptor layer, CancellationToken cancellationToken)
    {
        if (layer.Size > SignatureSource.MaxSize)
            return new Candidate(place) { Fault = "it is larger than 1 MiB, which no signature is" };
        if (await source.ReadBlobAsync(layer.Digest, cancellationToken) is not { } blob)
            return null;
        if (!blob.IsOk)
            return Missing(place, blob);
        if (layer.MediaType != SimpleSigning.MediaType)
            return await ReadBundleAsync(place, blob.Value, cancellationToken);
        var reader = new SimpleSigningReader(layer.Annotations, policy.NeedsMaterial);
        var signature = reader.Read(blob.Value, out var fault);
        return new Candidate(place) { Signature = signature, Fault = fault };
    }

    private async Task<Candidate?> ReadBundleAsync(string place, byte[] json, CancellationToken cancellationToken)
    {
        if (BundleReader.Read(json, out var fault) is not { } bundle)
            return new Candidate(place) { Fault = fault };
        if (!bundle.NeedsManifest)
            return new Candidate(place) { Signature = bundle.ToSignature(default) };
        if (await source.ReadImageAsync(cancellationToken) is not { } manifest)
            return null;
        return manifest.IsOk
            ? new Candidate(place) { Signature = bundle.ToSignature(manifest.Value) }
            : Missing(place, manifest);
    }

    // Whoever may push can push what is too large, and that stays: an outage passes.
    private static Candidate Missing<T>(string place, Fetched<T> fetched) where T : class
    {
        var isTooLarge = fetched is { Verdict: Verdict.Invalid, Bytes: >= SignatureSource.MaxSize };
        return new(place)
        {
            Fault = fetched.Message,
            IsTooLarge = isTooLarge,
            IsOutage = fetched.Verdict is not Verdict.NotFound && !isTooLarge,
            RetryAt = fetched.RetryAt,
        };
    }
}
