namespace Tracebloc.Signatures;

internal sealed record KeyPolicy(VerificationKey Key, string Name) : SignaturePolicy
{
    public override string Signer => $"the key {Name}";

    internal override bool NeedsMaterial => false;

    internal override string? FaultOf(FoundSignature signature, out DateTimeOffset? signedAt)
    {
        signedAt = null;
        return Key.Verifies(signature.Content.Message.Span, signature.Content.Signature)
            ? null
            : $"it was not made with {Signer}";
    }
}
