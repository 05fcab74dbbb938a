using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Signatures;

/// <summary>
/// A certificate transparency log's promise to publish a certificate, embedded in that certificate (RFC 6962
/// sections 3.2 and 3.3).
/// </summary>
internal sealed partial record CertificateTimestamp
{
    private const byte Version1 = 0, OfCertificate = 0, Precertificate = 1, Sha256 = 4, Ecdsa = 3;

    public required byte[] LogId { get; init; }

    /// <summary>In Unix milliseconds.</summary>
    public required long Time { get; init; }

    public required byte[] Extensions { get; init; }

    public required byte[] Signature { get; init; }

    /// <summary>The reason why no log has promised to publish the certificate, or null.</summary>
    /// <param name="certificate">With the promises in it.</param>
    /// <param name="issuer">The public key of the certificate's issuer, from the chain that was built.</param>
    /// <param name="logs">Those of the trust root.</param>
    public static string? FaultOf(X509Certificate2 certificate, byte[] issuer, IReadOnlyList<TransparencyLog> logs)
    {
        if (Read(certificate) is not var (precertificate, promises))
            return "the certificate's transparency timestamps cannot be read";
        return promises.Exists(promise => logs.Any(log => promise.IsBy(log, precertificate, issuer)))
            ? null
            : "no certificate transparency log of the trust root has promised to publish the certificate";
    }

    private bool IsBy(TransparencyLog log, byte[] precertificate, byte[] issuer) =>
        log.Id.AsSpan().SequenceEqual(LogId)
            && log.ValidFor.Covers(UnixTime.OfMilliseconds(Time))
            && log.Verifies(Signed(precertificate, issuer), Signature);

    private byte[] Signed(byte[] precertificate, byte[] issuer)
    {
        Span<byte> numbers = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(numbers, Time);
        BinaryPrimitives.WriteInt32BigEndian(numbers[8..], precertificate.Length);
        BinaryPrimitives.WriteInt32BigEndian(numbers[12..], Extensions.Length);
        return
        [
            Version1, OfCertificate, .. numbers[..8], 0, Precertificate, .. SHA256.HashData(issuer),
            .. numbers[9..12], .. precertificate, .. numbers[14..], .. Extensions,
        ];
    }
}
