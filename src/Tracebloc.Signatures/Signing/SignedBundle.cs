namespace Tracebloc.Signatures.Signing;

/// <summary>A signature as a sigstore bundle.</summary>
/// <param name="Content">The JSON of the bundle, UTF-8.</param>
public sealed record SignedBundle(ReadOnlyMemory<byte> Content)
{
    /// <summary>The type of the bundle, for layers and artifacts too.</summary>
    public const string MediaType = "application/vnd.dev.sigstore.bundle.v0.3+json";
}
