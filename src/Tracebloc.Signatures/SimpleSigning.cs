using Tracebloc.Registry;

namespace Tracebloc.Signatures;

/// <summary>A signed payload of cosign's older layout (SIGNATURE_SPEC.md of sigstore/cosign).</summary>
internal sealed record SimpleSigning(ReadOnlyMemory<byte> Payload) : SignedContent
{
    public const string MediaType = "application/vnd.dev.cosign.simplesigning.v1+json";

    public override ReadOnlyMemory<byte> Message => Payload;

    // cosign itself passes over docker-reference. It is bound here, so that a signature for one repository does not
    // vouch for a copy in another repository.
    public override string? FaultFor(ImageReference repository, Digest digest)
    {
        var payload = SigstoreJson.Read(Payload.Span, SigstoreJson.Default.SimpleSigningPayload, out var fault);
        if (payload is null)
            return $"the signed payload is not cosign's: {fault}";
        if (payload.Critical.Type != "cosign container image signature")
            return "the signed payload is not about a container image";
        if (payload.Critical.Image.Digest != digest.ToString())
            return $"the signature is for {payload.Critical.Image.Digest}";
        var written = payload.Critical.Identity.DockerReference;
        return string.IsNullOrEmpty(written) || IsIn(repository, digest, written)
            ? null
            : $"the signature is for an image of {written}, not of {repository.Repository}";
    }

    private static bool IsIn(ImageReference repository, Digest digest, string written) =>
        ImageReference.TryParse(written, out var signed, out _)
            && signed.Repository == repository.Repository && (signed.Digest is null || signed.Digest == digest);
}
