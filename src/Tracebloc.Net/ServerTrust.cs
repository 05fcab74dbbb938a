using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Net;

/// <summary>
/// The one way in which server certificates are trusted: by the system's authorities and those of a file, or by given
/// ones only. It also keeps the reason of a refusal, which .NET's exception does not hold. Safe for concurrent use.
/// </summary>
public sealed class ServerTrust
{
    private readonly CertificateCheck _check;
    private readonly CertificateRefusals _refusals;

    private ServerTrust(CertificateCheck check, CertificateRefusals refusals)
    {
        (_check, _refusals) = (check, refusals);
        Options = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = check.Policy,
            RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
            {
                var stream = (SslStream)sender;
                if (check.FaultOf(certificate, chain, errors) is not { } reason)
                    return true;
                refusals.Record(stream.TargetHostName, reason);
                return false;
            },
        };
    }

    /// <summary>For the handler that connects. The system's authorities are read when first needed.</summary>
    public SslClientAuthenticationOptions Options { get; }

    /// <summary>Trusts the system's authorities, and those of a file beside them.</summary>
    /// <param name="caFile">PEM file of authorities; null: none.</param>
    /// <param name="host">The host of the first connection, for the message.</param>
    /// <param name="refusals">Takes the reasons for refused certificates; null: a list of its own.</param>
    /// <param name="setting">The setting that names the file, for the remedy.</param>
    /// <exception cref="CertificateFileException">
    /// The file cannot be read, or holds no certificate in PEM; the message has the file and the remedy.
    /// </exception>
    public static ServerTrust Of(
        string? caFile, string host, CertificateRefusals? refusals = null, string setting = "caFile")
    {
        ArgumentNullException.ThrowIfNull(host);
        return Of(caFile is null ? [] : Load(caFile, host), SystemAuthorities.OfProcess, refusals, setting);
    }

    /// <summary>
    /// Trusts the given authorities only. As in Go, and so in kubectl, an intermediate authority among them need not be
    /// followed by its root.
    /// </summary>
    /// <param name="authorities">The authorities; null: the system's.</param>
    public static ServerTrust Only(X509Certificate2Collection? authorities) =>
        new(
            new CertificateCheck(authorities ?? [], authorities is null ? SystemAuthorities.OfProcess : null, ""),
            new CertificateRefusals());

    /// <summary>
    /// Trusts any certificate, for a server whose option says so: the connection is encrypted, and its other end
    /// unproven.
    /// </summary>
    public static ServerTrust Anyone()
    {
        var trust = Only([]);
        trust.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null;
        return trust;
    }

    /// <summary>Trusts the authorities of a file only.</summary>
    /// <param name="caFile">PEM file of authorities.</param>
    /// <param name="host">The host of the first connection, for the message.</param>
    /// <exception cref="CertificateFileException">The file cannot be read, or holds no certificate in PEM.</exception>
    public static ServerTrust OnlyOf(string caFile, string host) => Only(Load(caFile, host));

    internal static ServerTrust Of(
        X509Certificate2Collection authorities,
        SystemAuthorities system,
        CertificateRefusals? refusals = null,
        string setting = "caFile") =>
        new(
            new CertificateCheck(authorities, system, $"; name its file as {setting}"),
            refusals ?? new CertificateRefusals());

    /// <summary>
    /// Judges a certificate for a library that takes no <see cref="Options"/>, only a callback: the chain that the
    /// runtime built is by other roots, so it is built again.
    /// </summary>
    /// <param name="sender">The <see cref="SslStream"/>.</param>
    /// <param name="certificate">The server's certificate; null when it sent none.</param>
    /// <param name="built">The runtime's chain, for the other certificates that the server sent.</param>
    /// <param name="errors">The runtime's findings; of these the host's name counts.</param>
    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? built, SslPolicyErrors errors)
    {
        ArgumentNullException.ThrowIfNull(sender);
        using var chain = new X509Chain();
        chain.ChainPolicy = _check.Policy.Clone();
        chain.ChainPolicy.ApplicationPolicy.Add(SystemChain.ServerAuthentication);
        chain.ChainPolicy.ExtraStore.AddRange(built?.ChainPolicy.ExtraStore ?? []);
        var findings = errors & ~SslPolicyErrors.RemoteCertificateChainErrors;
        if (certificate is X509Certificate2 leaf && !chain.Build(leaf))
            findings |= SslPolicyErrors.RemoteCertificateChainErrors;
        if (_check.FaultOf(certificate, chain, findings) is not { } reason)
            return true;
        _refusals.Record(((SslStream)sender).TargetHostName, reason);
        return false;
    }

    /// <summary>
    /// The reason for the last refused certificate of a host, in one line with the remedy; null when none was refused.
    /// It is given once.
    /// </summary>
    /// <param name="host">The name, in ASCII, or the address of the connection.</param>
    public string? TakeRefusal(string host) => _refusals.Take(host);

    private static X509Certificate2Collection Load(string file, string host)
    {
        try
        {
            return PemCertificates.Parse(File.ReadAllBytes(file));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new CertificateFileException(
                $"{host}: the CA file {file} cannot be read; check path and permissions", unreadable);
        }
        catch (CryptographicException malformed)
        {
            throw new CertificateFileException(
                $"{host}: the CA file {file} is not PEM; give it BEGIN CERTIFICATE blocks", malformed);
        }
    }
}
