using System.Formats.Asn1;

namespace Tracebloc.Net;

/// <summary>
/// The certificates of one file of the system, listed by name; read again when the file changes. Safe for concurrent
/// use.
/// </summary>
internal sealed class CertificateFile(string path)
{
    private readonly Lock _gate = new();
    private (DateTime Written, long Length) _identity;
    private IReadOnlyList<ListedCertificate> _certificates = [];

    /// <summary>The certificates that the file holds now; none when it cannot be read, as for OpenSSL.</summary>
    public IReadOnlyList<ListedCertificate> Read()
    {
        lock (_gate)
        {
            try
            {
                Refresh();
            }
            catch (Exception unreadable) when (
                unreadable is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                (_identity, _certificates) = (default, []);
            }

            return _certificates;
        }
    }

    private void Refresh()
    {
        // Of the open file: the path may be a link, whose own time is irrelevant.
        using var file = File.OpenHandle(path);
        var identity = (File.GetLastWriteTimeUtc(file), RandomAccess.GetLength(file));
        if (identity == _identity)
            return;
        var text = new byte[identity.Item2];
        var length = 0;
        while (length < text.Length && RandomAccess.Read(file, text.AsSpan(length), length) is > 0 and var read)
            length += read;
        (_identity, _certificates) = (identity, List(text.AsSpan(0, length)));
    }

    // OpenSSL stops at a certificate that is not whole, and never reads BEGIN TRUSTED CERTIFICATE for .NET.
    private static List<ListedCertificate> List(ReadOnlySpan<byte> text)
    {
        var certificates = new List<ListedCertificate>();
        var reader = new PemReader(text);
        while (reader.Read())
        {
            if (!reader.FillsLines)
                continue;
            if (reader.Der is not { } der || NamesOf(der) is not { } names)
                break;
            certificates.Add(new ListedCertificate(names, der));
        }

        return certificates;
    }

    private static CertificateNames? NamesOf(byte[] der)
    {
        try
        {
            return CertificateNames.Read(der);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
