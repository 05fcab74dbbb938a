using Tracebloc.Net;

namespace Tracebloc.Ingestor.Submitting;

/// <summary>The addresses that a token may be sent to.</summary>
internal static class JobsManagerAddress
{
    /// <summary>The Service of the client chart.</summary>
    public static Uri In(string @namespace) => new($"http://jobs-manager.{@namespace}.svc:8080/");

    /// <summary>Reads an address.</summary>
    /// <param name="text">The address.</param>
    /// <returns>The address, or the fault and the remedy.</returns>
    public static (Uri? Address, string? Fault) Parse(string text)
    {
        if (!HttpAddress.TryParse(text, out var address) || address.Query.Length > 0)
            return (null, "is not an address; write it as http://HOST:PORT or https://HOST");
        return address.Scheme == Uri.UriSchemeHttps || IsInside(address)
            ? (address, null)
            : (null, $"would send the token to {address.Host} without TLS; write https, or a name inside the cluster");
    }

    // Names without a dot and those of Services; a port-forward listens on loopback.
    private static bool IsInside(Uri address) => !PlainHttp.IsExposed(address)
        || (address.HostNameType == UriHostNameType.Dns
            && (!address.Host.Contains('.', StringComparison.Ordinal)
                || address.Host.EndsWith(".svc", StringComparison.OrdinalIgnoreCase)
                || address.Host.Contains(".svc.", StringComparison.OrdinalIgnoreCase)));
}
