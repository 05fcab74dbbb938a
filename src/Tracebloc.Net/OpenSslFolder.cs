using System.Runtime.InteropServices;

namespace Tracebloc.Net;

/// <summary>The places that OpenSSL was built to look for authorities in (its OPENSSLDIR).</summary>
internal static class OpenSslFolder
{
    // The version that .NET 10 prefers comes first.
    private static readonly string[] Libraries = ["libcrypto.so.3", "libcrypto.so.1.1"];

    /// <summary>The path of the default bundle, which need not exist.</summary>
    public static string File => Ask("X509_get_default_cert_file") ?? "/etc/ssl/cert.pem";

    /// <summary>The default folder, or several with colons between them, which need not exist.</summary>
    public static string Folders => Ask("X509_get_default_cert_dir") ?? "/etc/ssl/certs";

    private static unsafe string? Ask(string function)
    {
        foreach (var name in Libraries)
            if (NativeLibrary.TryLoad(name, out var library)
                && NativeLibrary.TryGetExport(library, function, out var address))
                return Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)address)());
        return null;
    }
}
