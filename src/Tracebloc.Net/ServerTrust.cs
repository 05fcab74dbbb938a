using System.Collections.Concurrent;
using System.Net.Security;

namespace Tracebloc.Net;

/// <summary>
/// Trusts server certificates of the system's authorities and of a file's, and remembers why one was refused, which the
/// framework's own exception does not say. Safe for concurrent use.
/// </summary>
public sealed class ServerTrust
{
    private readonly ConcurrentDictionary<string, string> _failures = new(StringComparer.OrdinalIgnoreCase);

    private ServerTrust(string? caFile, string host) =>
        Options = new TransportTrust(caFile).ToSslOptions(host, _failures);

    /// <summary>For the handler that connects. The system's authorities are read when first needed.</summary>
    public SslClientAuthenticationOptions Options { get; }

    /// <summary>Reads the authorities.</summary>
    /// <param name="caFile">PEM file of authorities to trust beside the system's; null: none.</param>
    /// <param name="host">Who is connected to, for the message.</param>
    /// <exception cref="CertificateFileException">
    /// The file cannot be read, or holds no certificate in PEM; the message says which file, and what to do.
    /// </exception>
    public static ServerTrust Of(string? caFile, string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return new ServerTrust(caFile, host);
    }

    /// <summary>
    /// Why the last certificate that a host showed was refused, in one line with the remedy; null when none was. It is
    /// told once.
    /// </summary>
    /// <param name="host">The name, in ASCII, or the address that was connected to.</param>
    public string? TakeRefusal(string host) => _failures.TryRemove(host, out var reason) ? reason : null;
}
