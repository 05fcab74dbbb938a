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
}
