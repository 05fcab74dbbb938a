using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Net;

/// <summary>The certificates that the system trusts.</summary>
public static class SystemTrust
{
    /// <summary>
    /// Reads the system's certificates on a second core while the first reads the configuration. .NET needs them for
    /// the first chain it builds, even one that trusts other authorities only: a sixth of a no-op tick.
    /// </summary>
    public static void Preload() => ThreadPool.UnsafeQueueUserWorkItem(static _ => Read(), null);

    private static void Read()
    {
        try
        {
            // Roots and intermediates are loaded together, and a copy is made of those that are asked for: there are
            // hardly any intermediates.
            using var store = new X509Store(StoreName.CertificateAuthority, StoreLocation.LocalMachine);
            store.Open(OpenFlags.ReadOnly);
            _ = store.Certificates.Count;
        }
        catch (Exception)
        {
            // Whoever needs them says so, with the host that they were needed for; from here it would end the process.
        }
    }
}
