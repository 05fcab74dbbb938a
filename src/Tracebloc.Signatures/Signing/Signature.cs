using System.Security.Cryptography;

namespace Tracebloc.Signatures.Signing;

/// <summary>A signature that was made, before any service has seen it.</summary>
/// <param name="Content">The signed statement.</param>
/// <param name="PublicKeyInfo">The key that verifies it.</param>
/// <param name="Hint">The name of the key.</param>
internal sealed record Signature(SignedStatement Content, ReadOnlyMemory<byte> PublicKeyInfo, string Hint)
{
    /// <summary>The signer's certificate in DER; null where a key signed.</summary>
    public byte[]? Certificate { get; init; }

    public string VerifierPem => Certificate is null
        ? $"{PemEncoding.WriteString("PUBLIC KEY", PublicKeyInfo.Span)}\n"
        : $"{PemEncoding.WriteString("CERTIFICATE", Certificate)}\n";

    public static Signature Of(SigningKey key, byte[]? certificate, ReadOnlyMemory<byte> payload, string payloadType)
    {
        var unsigned = new SignedStatement(payload, payloadType) { Signature = [] };
        var content = unsigned with { Signature = key.Sign(unsigned.Message.Span) };
        return new Signature(content, key.PublicKeyInfo, key.Hint) { Certificate = certificate };
    }

    public EnvelopeDocument ToEnvelope() =>
        new(Content.Payload.ToArray(), Content.Type, [new EnvelopeDocument.Part(Content.Signature)]);
}
