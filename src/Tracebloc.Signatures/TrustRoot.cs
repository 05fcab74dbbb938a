using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Signatures;

/// <summary>
/// The trusted authorities and logs of sigstore's <c>trusted_root.json</c>. With transparency logs in it a log entry is
/// required, with certificate transparency logs a timestamp by one of them.
/// </summary>
internal sealed record TrustRoot
{
    private const int IdSize = 32;
    private const string MediaTypePrefix = "application/vnd.dev.sigstore.trustedroot";

    public required IReadOnlyList<TransparencyLog> Logs { get; init; }

    public required IReadOnlyList<TransparencyLog> CertificateLogs { get; init; }

    public required IReadOnlyList<CertificateAuthority> Authorities { get; init; }

    public required IReadOnlyList<CertificateAuthority> TimestampAuthorities { get; init; }

    /// <summary>The trust root in a file's content, or null and the reason.</summary>
    public static TrustRoot? Read(ReadOnlySpan<byte> json, out string? fault)
    {
        if (SigstoreJson.Read(json, SigstoreJson.Default.TrustRootDocument, out fault) is not { } document)
            return null;
        if (!document.MediaType.StartsWith(MediaTypePrefix, StringComparison.Ordinal))
            fault = "it is no trusted_root.json of sigstore, by its mediaType";
        else if (document.CertificateAuthorities is [])
            fault = "it names no certificate authority, so no signature could be verified";
        else if (document.Tlogs is [] && document.TimestampAuthorities is [])
            fault = "it names neither a transparency log nor a timestamp authority, so that no time could be verified";
        else
            return Read(document, out fault);
        return null;
    }

    private static TrustRoot? Read(TrustRootDocument document, out string? fault)
    {
        try
        {
            fault = null;
            return new TrustRoot
            {
                Logs = [.. document.Tlogs.Select(ReadLog)],
                CertificateLogs = [.. document.Ctlogs.Select(ReadLog)],
                Authorities = [.. document.CertificateAuthorities.Select(ReadAuthority)],
                TimestampAuthorities = [.. document.TimestampAuthorities.Select(ReadAuthority)],
            };
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            fault = e is FormatException ? e.Message : "a certificate in it cannot be read";
            return null;
        }
    }

    // A root keeps the keys of logs that are long closed, some of kinds that are not verified here: they stay unused.
    private static TransparencyLog ReadLog(TrustRootDocument.LogInstance log) => log.LogId.KeyId.Length == IdSize
        ? new TransparencyLog(
            log.LogId.KeyId,
            VerificationKey.Read(log.PublicKey.RawBytes, out _),
            log.PublicKey.ValidFor ?? ValidityPeriod.Always)
        : throw new FormatException($"the log {log.BaseUrl} has an id of other than {IdSize} bytes");

    private static CertificateAuthority ReadAuthority(TrustRootDocument.Authority authority) => CertificateAuthority.Of(
        authority.CertChain.Certificates.Select(entry => X509CertificateLoader.LoadCertificate(entry.RawBytes)),
        authority.ValidFor ?? ValidityPeriod.Always)
        ?? throw new FormatException($"the authority {authority.Uri} has no root certificate");
}
