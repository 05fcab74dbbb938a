namespace Tracebloc.Signatures;

/// <summary>A payload and its signatures (DSSE protocol).</summary>
internal sealed record DsseEnvelope
{
    public required byte[] Payload { get; init; }

    public required string PayloadType { get; init; }

    public required IReadOnlyList<EnvelopeSignature> Signatures { get; init => field = JsonList.Of(value); }

    internal sealed record EnvelopeSignature
    {
        public required byte[] Sig { get; init; }
    }
}
