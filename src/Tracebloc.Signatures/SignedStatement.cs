using System.Text;
using Tracebloc.Registry;

namespace Tracebloc.Signatures;

/// <summary>An in-toto statement in a DSSE envelope, which is what cosign signs since its version 3.</summary>
/// <param name="Payload">The statement.</param>
/// <param name="Type">The type of the payload, which is signed with it.</param>
internal sealed record SignedStatement(ReadOnlyMemory<byte> Payload, string Type = SignedStatement.PayloadType)
    : SignedContent
{
    public const string PayloadType = "application/vnd.in-toto+json";

    // The pre-authentication encoding of the DSSE protocol.
    public override ReadOnlyMemory<byte> Message { get; } = (byte[])
    [
        .. Encoding.UTF8.GetBytes($"DSSEv1 {Encoding.UTF8.GetByteCount(Type)} {Type} {Payload.Length} "),
        .. Payload.Span,
    ];

    public override ReadOnlyMemory<byte>? EnvelopePayload => Payload;

    public override string? FaultFor(ImageReference repository, Digest digest)
    {
        var statement = SigstoreJson.Read(Payload.Span, SigstoreJson.Default.InTotoStatement, out var fault);
        if (statement is null)
            return $"the signed payload is no in-toto statement: {fault}";
        if (statement.Type is not ("https://in-toto.io/Statement/v1" or "https://in-toto.io/Statement/v0.1"))
            return "the signed payload is no in-toto statement, by its _type";
        if (!InTotoStatement.Approves(statement.PredicateType))
            return $"the signed statement is no approval: its predicate is {statement.PredicateType}";
        return statement.Subject.Any(subject => subject.Digest?.GetValueOrDefault(digest.Algorithm) == digest.Hex)
            ? null
            : "the signed statement is about another image";
    }
}
