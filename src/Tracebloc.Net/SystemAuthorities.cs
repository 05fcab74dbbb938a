using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Net;

/// <summary>
/// The authorities that the system trusts, found as .NET finds them: in the file <c>SSL_CERT_FILE</c> and the folders
/// <c>SSL_CERT_DIR</c>, by default OpenSSL's own, and in the store of the user. Read only as far as a chain needs.
/// Safe for concurrent use.
/// </summary>
/// <seealso href="https://learn.microsoft.com/dotnet/standard/security/cross-platform-cryptography#the-root-store"/>
internal sealed class SystemAuthorities
{
    public const string FileVariable = "SSL_CERT_FILE";
    public const string FolderVariable = "SSL_CERT_DIR";

    private static readonly Lazy<SystemAuthorities> Process = new(() => new SystemAuthorities(RuntimeTrust.Variable));

    private readonly CertificateFile? _file;
    private readonly IReadOnlyList<CertificateFolder> _folders;
    private readonly CertificateFolder? _otherFolder;

    /// <param name="variable">Looks up an environment variable; null when it is unset.</param>
    public SystemAuthorities(Func<string, string?> variable)
    {
        var file = variable(FileVariable) ?? OpenSslFolder.File;
        var folders = variable(FolderVariable);
        _file = file.Length == 0 ? null : new CertificateFile(file);
        _folders = [.. (folders ?? OpenSslFolder.Folders)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => new CertificateFolder(folder))];
        _otherFolder = folders is null ? new CertificateFolder("/etc/ssl/certs") : null;
    }

    /// <summary>By the environment that this process was started with.</summary>
    public static SystemAuthorities OfProcess => Process.Value;

    /// <summary>The certificates, file by file, each read when the sequence comes to it.</summary>
    public IEnumerable<IReadOnlyList<ListedCertificate>> Read()
    {
        if (_file is not null)
            yield return _file.Read();
        var hasFolder = false;
        foreach (var certificates in _folders.SelectMany(folder => folder.Files).Select(file => file.Read()))
        {
            hasFolder |= certificates.Count > 0;
            yield return certificates;
        }

        foreach (var file in hasFolder ? [] : _otherFolder?.Files ?? [])
            yield return file.Read();
        yield return OfUser();
    }

    // `dotnet dev-certs` trusts its certificate there. Without the folder, opening the store costs next to nothing.
    private static List<ListedCertificate> OfUser()
    {
        try
        {
            using var store = new X509Store(StoreName.Root, StoreLocation.CurrentUser);
            store.Open(OpenFlags.ReadOnly);
            return [.. store.Certificates.Select(one =>
                new ListedCertificate(CertificateNames.Read(one.RawDataMemory.Span), one.RawData))];
        }
        catch (Exception unreadable) when (
            unreadable is CryptographicException or AsnContentException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
