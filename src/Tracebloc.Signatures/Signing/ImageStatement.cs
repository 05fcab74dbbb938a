using Tracebloc.Registry;

namespace Tracebloc.Signatures.Signing;

/// <summary>The statement by which cosign 3 signs an image: its digest, and nothing else.</summary>
public static class ImageStatement
{
    /// <summary>The type of the payload in its envelope.</summary>
    public const string PayloadType = SignedStatement.PayloadType;

    /// <summary>The type of the predicate, which is empty.</summary>
    public const string PredicateType = "https://sigstore.dev/cosign/sign/v1";

    /// <summary>The payload to sign. Equal digests give equal bytes.</summary>
    /// <param name="image">The digest of the image; a tag may move between push and signature.</param>
    public static ReadOnlyMemory<byte> PayloadOf(Digest image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return ServiceJson.Write(StatementDocument.Of(image), ServiceJson.Plain.StatementDocument);
    }
}
