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
        fault = FaultOf(document.Tlogs) ?? FaultOf(document.Ctlogs);
        if (fault is not null || ReadAuthorities(document.CertificateAuthorities, out fault) is not { } signers
            || ReadAuthorities(document.TimestampAuthorities, out fault) is not { } clocks)
            return null;
        return new TrustRoot
        {
            Logs = [.. document.Tlogs.Select(ReadLog)],
            CertificateLogs = [.. document.Ctlogs.Select(ReadLog)],
            Authorities = signers,
            TimestampAuthorities = clocks,
        };
    }

    private static string? FaultOf(IEnumerable<TrustRootDocument.LogInstance> logs) =>
        logs.FirstOrDefault(log => log.LogId.KeyId.Length != IdSize) is { } log
            ? $"the log {log.BaseUrl} has an id of other than {IdSize} bytes"
            : null;

    // A root keeps the keys of logs that are long closed, some of kinds that are not verified here: they stay unused.
    private static TransparencyLog ReadLog(TrustRootDocument.LogInstance log) => new(
        log.LogId.KeyId,
        VerificationKey.Read(log.PublicKey.RawBytes, out _),
        log.PublicKey.ValidFor ?? ValidityPeriod.Always);

    private static List<CertificateAuthority>? ReadAuthorities(
        IEnumerable<TrustRootDocument.Authority> authorities, out string? fault)
    {
        var read = new List<CertificateAuthority>();
        foreach (var authority in authorities)
            if (ReadAuthority(authority, out fault) is { } each)
                read.Add(each);
            else
                return null;
        fault = null;
        return read;
    }

    private static CertificateAuthority? ReadAuthority(TrustRootDocument.Authority authority, out string? fault)
    {
        try
        {
            var certificates = authority.CertChain.Certificates
                .Select(entry => X509CertificateLoader.LoadCertificate(entry.RawBytes));
            var found = CertificateAuthority.Of(certificates, authority.ValidFor ?? ValidityPeriod.Always);
            fault = found is null ? $"the authority {authority.Uri} has no root certificate" : null;
            return found;
        }
        catch (CryptographicException)
        {
            fault = "a certificate in it cannot be read";
            return null;
        }
    }
}
