namespace Tracebloc.Signatures;

internal sealed record KeyPolicy(VerificationKey Key, string Name) : SignaturePolicy
{
    public override string Signer => $"the key {Name}";

    internal override string? FaultOf(FoundSignature signature) =>
        Key.Verifies(signature.Content.Message.Span, signature.Content.Signature)
            ? null
            : $"it was not made with {Signer}";
}
