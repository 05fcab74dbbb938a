using Tracebloc.Registry;

namespace Tracebloc.Signatures;

/// <summary>A signature and the signed content, which names the image.</summary>
internal abstract record SignedContent
{
    /// <summary>The bytes that were signed.</summary>
    public abstract ReadOnlyMemory<byte> Message { get; }

    /// <summary>The payload where a DSSE envelope was signed; else null.</summary>
    public virtual ReadOnlyMemory<byte>? EnvelopePayload => null;

    public required byte[] Signature { get; init; }

    /// <summary>The reason why it is no signature of that image, or null. The signer is not checked.</summary>
    /// <param name="repository">The repository in which the image was signed, as in references.</param>
    /// <param name="digest">Of the image.</param>
    public abstract string? FaultFor(ImageReference repository, Digest digest);
}
