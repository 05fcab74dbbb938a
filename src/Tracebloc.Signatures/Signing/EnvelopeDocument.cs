namespace Tracebloc.Signatures.Signing;

/// <summary>A DSSE envelope as it is sent: protobuf's member order.</summary>
internal sealed record EnvelopeDocument(
    byte[] Payload, string PayloadType, IReadOnlyList<EnvelopeDocument.Part> Signatures)
{
    internal sealed record Part(byte[] Sig);
}
