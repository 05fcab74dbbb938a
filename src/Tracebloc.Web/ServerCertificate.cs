using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Web;

/// <summary>
/// A server's certificate with its chain and its key, from PEM files that others renew. Safe for concurrent use.
/// </summary>
public sealed class ServerCertificate
{
    /// <summary>The files are read again after it.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(1);

    private readonly string _certificateFile;
    private readonly string _keyFile;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private (string Certificate, string Key) _text;
    private long _readAt;
    private SslStreamCertificateContext _context;

    private ServerCertificate(string certificateFile, string keyFile, TimeProvider time)
    {
        (_certificateFile, _keyFile, _time) = (certificateFile, keyFile, time);
        _text = Text();
        _context = Context(_text);
        _readAt = time.GetTimestamp();
    }

    /// <summary>The certificate in force. One that cannot be used does not take the place of the one before.</summary>
    public SslStreamCertificateContext Current
    {
        get
        {
            lock (_gate)
            {
                if (_time.GetElapsedTime(_readAt) < Life) return _context;
                _readAt = _time.GetTimestamp();
                try
                {
                    if (Text() is var text && text != _text) (_context, _text) = (Context(text), text);
                }
                catch (Exception unusable) when (IsOfFiles(unusable))
                {
                    // Both files are written one after the other: the next reading finds a pair.
                }

                return _context;
            }
        }
    }

    /// <summary>Reads the files.</summary>
    /// <param name="certificateFile">The certificate, and those that lead to its authority.</param>
    /// <param name="keyFile">The private key.</param>
    /// <param name="time">The clock of the next reading.</param>
    /// <exception cref="WebHostException">They cannot be used.</exception>
    public static ServerCertificate Open(string certificateFile, string keyFile, TimeProvider time)
    {
        try
        {
            return new ServerCertificate(certificateFile, keyFile, time);
        }
        catch (Exception unusable) when (IsOfFiles(unusable))
        {
            throw new WebHostException(
                $"Certificate {certificateFile} with key {keyFile} cannot be used: {unusable.Message}; give PEM files "
                + "of one pair",
                unusable);
        }
    }

    private (string Certificate, string Key) Text() =>
        (File.ReadAllText(_certificateFile), File.ReadAllText(_keyFile));

    private static SslStreamCertificateContext Context((string Certificate, string Key) text)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(text.Certificate);
        using var certificate = X509Certificate2.CreateFromPem(text.Certificate);
        return SslStreamCertificateContext.Create(ServerKey.Join(certificate, text.Key), chain, offline: true);
    }

    private static bool IsOfFiles(Exception unusable) =>
        unusable is IOException or UnauthorizedAccessException or CryptographicException;
}
