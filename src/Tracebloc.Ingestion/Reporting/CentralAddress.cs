using System.Diagnostics.CodeAnalysis;
using Tracebloc.Net;

namespace Tracebloc.Ingestion.Reporting;

/// <summary>The addresses of the central backend.</summary>
public static class CentralAddress
{
    /// <summary>The root of each environment, with a slash at the end, by the word of CLIENT_ENV.</summary>
    public static IReadOnlyDictionary<string, string> OfEnvironments { get; } = new Dictionary<string, string>
    {
        ["dev"] = "https://dev-api.tracebloc.io/",
        ["stg"] = "https://stg-api.tracebloc.io/",
        ["prod"] = "https://api.tracebloc.io/",
    };

    /// <summary>Reads the address of another backend: http or https, without a query.</summary>
    /// <param name="text">The address as a person writes it.</param>
    /// <param name="root">The address with a slash at the end.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? root)
    {
        root = !HttpAddress.TryParse(text, out var address) || address.Query != "" ? null
            : address.AbsolutePath.EndsWith('/') ? address
            : new Uri($"{address}/");
        return root is not null;
    }
}
