namespace Tracebloc.Signatures;

/// <summary>Reads sigstore bundles of version 0.3, which is what cosign pushes since its version 3.</summary>
internal static class BundleReader
{
    private const string Type = $"{Bundle.MediaTypeStart}.v0.3+json";
    private const string FormerType = $"{Bundle.MediaTypeStart}+json;version=0.3";

    /// <summary>The bundle, or null and the reason.</summary>
    public static Bundle? Read(byte[] json, out string? fault)
    {
        var bundle = SigstoreJson.Read(json, SigstoreJson.Default.Bundle, out fault);
        fault = bundle is null
            ? $"the sigstore bundle is malformed: {fault}"
            : FaultOf(bundle) ?? (bundle.DsseEnvelope is { } envelope ? FaultOf(envelope) : null);
        return fault is null ? bundle : null;
    }

    private static string? FaultOf(Bundle bundle) =>
        bundle.MediaType is not (Type or FormerType)
            ? $"the sigstore bundle is of type {bundle.MediaType}, and only version 0.3 is read"
        : bundle.MessageSignature is null == bundle.DsseEnvelope is null
            ? "the sigstore bundle must hold either a messageSignature or a dsseEnvelope"
        : null;

    private static string? FaultOf(DsseEnvelope envelope) =>
        envelope.PayloadType != SignedStatement.PayloadType
            ? $"the signed envelope holds {envelope.PayloadType}, not an in-toto statement"
        : envelope.Signatures.Count != 1
            ? $"the signed envelope has {envelope.Signatures.Count} signatures where a bundle has one"
        : null;
}
