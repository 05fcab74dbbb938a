using Tracebloc.Registry;

namespace Tracebloc.Signatures;

/// <summary>A signature and what it is over, which says which image it is about.</summary>
internal abstract record SignedContent
{
    /// <summary>The bytes that were signed.</summary>
    public abstract ReadOnlyMemory<byte> Message { get; }

    /// <summary>The payload where a DSSE envelope was signed; else null.</summary>
    public virtual ReadOnlyMemory<byte>? EnvelopePayload => null;

    public required byte[] Signature { get; init; }

    /// <summary>Why it is no signature of that image, or null. It says nothing of who signed.</summary>
    /// <param name="repository">Where the image was signed, as references name it.</param>
    /// <param name="digest">Of the image.</param>
    public abstract string? FaultFor(ImageReference repository, Digest digest);
}
