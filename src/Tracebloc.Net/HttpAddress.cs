using System.Diagnostics.CodeAnalysis;

namespace Tracebloc.Net;

/// <summary>Addresses that a configuration may give.</summary>
public static class HttpAddress
{
    /// <summary>An absolute http or https URL without user or fragment.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address is { UserInfo: "", Fragment: "", Host: not "" };
}
