using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.ImageRefresh;

internal static class SystemTrust
{
    /// <summary>
    /// Reads the system's certificates on a second core while the first reads the configuration. .NET needs them for
    /// the first chain it builds, even one that trusts other authorities only: a third of a no-op tick.
    /// </summary>
    public static void Preload() => ThreadPool.UnsafeQueueUserWorkItem(static _ => Read(), null);

    private static void Read()
    {
        try
        {
            using var store = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
            _ = store.Certificates.Count;
        }
        catch (CryptographicException)
        {
            // Whoever needs them says so, with the host that they were needed for.
        }
    }
}
