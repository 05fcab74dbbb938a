using System.Text;

namespace Tracebloc.Signatures.Signing;

/// <summary>An entry of kind dsse 0.0.1 that is proposed to Rekor (sigstore/rekor, pkg/types/dsse).</summary>
internal sealed record DsseEntryDocument
{
    public string ApiVersion { get; init; } = "0.0.1";

    public string Kind { get; init; } = "dsse";

    public required SpecPart Spec { get; init; }

    public static DsseEntryDocument Of(Signature signature)
    {
        var envelope = ServiceJson.Write(signature.ToEnvelope(), ServiceJson.Plain.EnvelopeDocument);
        var verifier = Encoding.UTF8.GetBytes(signature.VerifierPem);
        return new DsseEntryDocument
        {
            Spec = new SpecPart(new ContentPart(Encoding.UTF8.GetString(envelope), [verifier])),
        };
    }

    internal sealed record SpecPart(ContentPart ProposedContent);

    internal sealed record ContentPart(string Envelope, IReadOnlyList<byte[]> Verifiers);
}
