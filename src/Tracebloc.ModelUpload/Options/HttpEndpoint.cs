using System.Diagnostics.CodeAnalysis;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Options;

/// <summary>Addresses of services: http or https, without user, query or fragment.</summary>
internal static class HttpEndpoint
{
    /// <summary>Reads an address that must have its scheme.</summary>
    /// <param name="text">The address; slashes at its end are dropped.</param>
    /// <param name="endpoint">The address.</param>
    /// <param name="remedy">The end of an error about the text.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out Uri? endpoint, [NotNullWhen(false)] out string? remedy)
    {
        remedy = null;
        var trimmed = text.TrimEnd('/');
        if (HttpAddress.TryParse(trimmed, out endpoint) && endpoint.Query.Length == 0) return true;
        endpoint = null;
        remedy = trimmed.Contains("://", StringComparison.Ordinal)
            ? "write http://host:port or https://host:port without user, query or fragment"
            : $"it has no scheme: write https://{trimmed} or http://{trimmed}";
        return false;
    }
}
