using Tracebloc.Registry;

namespace Tracebloc.Signatures;

/// <summary>A signature over the image's own manifest: <c>messageSignature</c> of a sigstore bundle.</summary>
/// <param name="Manifest">The manifest's bytes, as the registry has them under the image's digest.</param>
/// <param name="Stated">The hash that the bundle gives of what was signed; null when it gives none.</param>
internal sealed record SignedManifest(ReadOnlyMemory<byte> Manifest, HashOutput? Stated) : SignedContent
{
    public override ReadOnlyMemory<byte> Message => Manifest;

    public override string? FaultFor(ImageReference repository, Digest digest)
    {
        if (!digest.Matches(Manifest.Span))
            return "the signature is not over this image";
        return Stated is null || Stated.IsOf(Manifest.Span)
            ? null
            : "the signature is for another image, by its messageDigest";
    }
}
