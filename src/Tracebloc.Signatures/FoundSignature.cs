namespace Tracebloc.Signatures;

/// <summary>A signature that lies beside an image, and what came with it to verify it.</summary>
internal sealed record FoundSignature(SignedContent Content, VerificationMaterial Material);
