using Tracebloc.Registry;
using Tracebloc.Signatures.Models;

namespace Tracebloc.Signatures;

/// <summary>
/// Verifies one sigstore bundle that is at hand, without a request: the signer by a policy, then the signed content.
/// </summary>
public static class BundleVerifier
{
    /// <summary>Verifies that a bundle signs exactly the files of a model.</summary>
    /// <param name="bundle">The bundle of version 0.3: the content of <c>model.sig</c>.</param>
    /// <param name="policy">The signer.</param>
    /// <param name="published">The files of the model, all of them and no others.</param>
    /// <returns>Verified, or refused with the reason.</returns>
    public static SignatureVerdict VerifyModel(
        ReadOnlyMemory<byte> bundle, SignaturePolicy policy, IEnumerable<ModelFile> published)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(published);
        return Verify(bundle, policy, content => content.EnvelopePayload is not { } payload
            ? "the bundle holds no statement about a model"
            : ModelStatement.Read(payload.Span, out var fault)?.FaultOf(published) ?? fault);
    }

    /// <summary>Verifies that a bundle signs the image with a digest.</summary>
    /// <param name="bundle">The bundle of version 0.3, with a statement about the image.</param>
    /// <param name="policy">The signer.</param>
    /// <param name="image">The image, or its repository.</param>
    /// <param name="digest">The digest that must be signed.</param>
    /// <returns>Verified, or refused with the reason.</returns>
    public static SignatureVerdict VerifyImage(
        ReadOnlyMemory<byte> bundle, SignaturePolicy policy, ImageReference image, Digest digest)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(digest);
        return Verify(bundle, policy, content => content.FaultFor(policy.SignedAs ?? image, digest));
    }

    // The signer is verified first: content signed by a stranger is not parsed.
    private static SignatureVerdict Verify(
        ReadOnlyMemory<byte> json, SignaturePolicy policy, Func<SignedContent, string?> faultOfContent)
    {
        if (BundleReader.Read(json.ToArray(), out var fault) is not { } bundle)
            return Refused(fault ?? "the sigstore bundle cannot be read");
        if (bundle.NeedsManifest)
            return Refused("the bundle signs a file, not a statement");
        var found = bundle.ToSignature(default);
        fault = policy.FaultOf(found, out var signedAt) ?? faultOfContent(found.Content);
        return fault is not null ? Refused(fault) : new SignatureVerdict
        {
            Outcome = SignatureOutcome.Verified,
            Message = $"signed by {policy.Signer}",
            SignedAt = signedAt,
        };
    }

    private static SignatureVerdict Refused(string fault) =>
        new() { Outcome = SignatureOutcome.Refused, Message = Reasons.Of("bundle", fault) };
}
