using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Signatures;

internal sealed partial record CertificateTimestamp
{
    private const string Extension = "1.3.6.1.4.1.11129.2.4.2";

    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 3, isConstructed: true);

    private static (byte[] Precertificate, List<CertificateTimestamp> Promises)? Read(X509Certificate2 certificate)
    {
        try
        {
            return (Precertify(certificate.RawDataMemory), ReadPromises(certificate));
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>
    /// The bytes that the log signed: the certificate's body without the embedded timestamps (RFC 6962 section 3.2).
    /// </summary>
    private static byte[] Precertify(ReadOnlyMemory<byte> certificate)
    {
        var body = new AsnReader(certificate, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
            while (body.HasData)
                if (body.PeekTag() == ExtensionsTag)
                    CopyExtensions(body.ReadSequence(ExtensionsTag).ReadSequence(), writer);
                else
                    writer.WriteEncodedValue(body.ReadEncodedValue().Span);
        return writer.Encode();
    }

    private static void CopyExtensions(AsnReader extensions, AsnWriter writer)
    {
        using (writer.PushSequence(ExtensionsTag))
        using (writer.PushSequence())
            while (extensions.HasData)
            {
                var extension = extensions.ReadEncodedValue();
                var id = new AsnReader(extension, AsnEncodingRules.DER).ReadSequence().ReadObjectIdentifier();
                if (id != Extension)
                    writer.WriteEncodedValue(extension.Span);
            }
    }

    private static List<CertificateTimestamp> ReadPromises(X509Certificate2 certificate)
    {
        var promises = new List<CertificateTimestamp>();
        if (certificate.Extensions[Extension] is not { } extension)
            return promises;
        ReadOnlySpan<byte> list = AsnDecoder.ReadOctetString(extension.RawData, AsnEncodingRules.DER, out _);
        for (var rest = TakeVector(ref list); rest.Length > 0;)
            if (ReadPromise(TakeVector(ref rest)) is { } promise)
                promises.Add(promise);
        return promises;
    }

    /// <summary>Null for a version or a kind of signature that RFC 6962 does not have for such logs.</summary>
    private static CertificateTimestamp? ReadPromise(ReadOnlySpan<byte> promise)
    {
        var version = Take(ref promise, 1)[0];
        var log = Take(ref promise, 32);
        var time = Take(ref promise, 8);
        var extensions = TakeVector(ref promise);
        var algorithm = Take(ref promise, 2);
        return version == Version1 && algorithm.SequenceEqual<byte>([Sha256, Ecdsa])
            ? new CertificateTimestamp
            {
                LogId = log.ToArray(),
                Time = BinaryPrimitives.ReadInt64BigEndian(time),
                Extensions = extensions.ToArray(),
                Signature = TakeVector(ref promise).ToArray(),
            }
            : null;
    }

    /// <summary>Bytes behind their length, as TLS writes them (RFC 8446 section 3.4).</summary>
    private static ReadOnlySpan<byte> TakeVector(ref ReadOnlySpan<byte> rest) =>
        Take(ref rest, BinaryPrimitives.ReadUInt16BigEndian(Take(ref rest, 2)));

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, int count)
    {
        if (rest.Length < count)
            throw new AsnContentException("The list of timestamps ends early.");
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
