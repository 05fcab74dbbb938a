using System.Formats.Asn1;

namespace Tracebloc.Net;

/// <summary>
/// The names of a certificate's issuer and subject, as numbers to compare. OpenSSL compares names without case, runs of
/// blanks and string types; these numbers ignore all but ASCII letters and digits, so that names that are equal to
/// OpenSSL have equal numbers. The reverse need not hold: the chain is checked afterwards.
/// </summary>
/// <param name="Issuer">The name of the certificate's issuer.</param>
/// <param name="Subject">The name of the certificate itself.</param>
internal readonly record struct CertificateNames(ulong Issuer, ulong Subject)
{
    // FNV-1a.
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Reads the names without importing the certificate.</summary>
    /// <param name="certificate">A certificate in DER (RFC 5280 section 4.1).</param>
    /// <exception cref="AsnContentException">It is no certificate.</exception>
    public static CertificateNames Read(ReadOnlySpan<byte> certificate)
    {
        var outer = Content(ref certificate);
        var body = Content(ref outer);
        if (Asn1Tag.Decode(body, out _).TagClass == TagClass.ContextSpecific)
            Content(ref body); // version
        Content(ref body); // serial number
        Content(ref body); // signature algorithm
        var issuer = Number(Content(ref body));
        Content(ref body); // validity
        return new CertificateNames(issuer, Number(Content(ref body)));
    }

    private static ulong Number(ReadOnlySpan<byte> name)
    {
        var sum = 0UL;
        while (!name.IsEmpty)
            for (var set = Content(ref name); !set.IsEmpty;)
            {
                var attribute = Content(ref set);
                var type = Content(ref attribute);
                sum += Number(type, attribute); // a sum, since the order within a set has no meaning
            }

        return sum;
    }

    private static ulong Number(ReadOnlySpan<byte> type, ReadOnlySpan<byte> encoded)
    {
        var hash = Basis;
        foreach (var part in type)
            hash = (hash ^ part) * Prime;
        var width = Asn1Tag.Decode(encoded, out _).TagValue switch
        {
            (int)UniversalTagNumber.BMPString => 2,
            (int)UniversalTagNumber.UniversalString => 4,
            _ => 1,
        };
        var text = Content(ref encoded);
        for (; text.Length >= width; text = text[width..])
            if (text[..(width - 1)].IndexOfAnyExcept((byte)0) < 0 && char.IsAsciiLetterOrDigit((char)text[width - 1]))
                hash = (hash ^ (byte)(text[width - 1] | 0x20)) * Prime; // 0x20 makes lower case of a letter
        return hash;
    }

    private static ReadOnlySpan<byte> Content(ref ReadOnlySpan<byte> data)
    {
        AsnDecoder.ReadEncodedValue(data, AsnEncodingRules.BER, out var start, out var length, out var consumed);
        var content = data.Slice(start, length);
        data = data[consumed..];
        return content;
    }
}
