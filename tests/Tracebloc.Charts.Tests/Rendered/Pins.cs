namespace Tracebloc.Charts.Tests.Rendered;

/// <summary>Which images an operator has pinned.</summary>
public sealed record Pins(bool Manager, bool Monitor, bool Proxy, Ingestor Ingestor)
{
    internal const string Digest = "sha256:1111111111111111111111111111111111111111111111111111111111111111";

    internal string Values =>
        $$"""
        images:
          jobsManager: {digest: "{{If(Manager)}}"}
          podsMonitor: {digest: "{{If(Monitor)}}"}
          requestsProxy: {digest: "{{If(Proxy)}}"}
          ingestor: {digest: "{{If(Ingestor == Ingestor.Pinned)}}", autoRefresh: {{JsonOf(Ingestor != Ingestor.Left)}}}
        """;

    /// <summary>The names of the images asked for, in order. Requests-proxy is pinned with jobs-manager.</summary>
    internal IReadOnlyList<string> Polled =>
    [
        .. Manager ? (string[])[] : ["jobs-manager"],
        .. Monitor ? (string[])[] : ["pods-monitor"],
        .. Proxy || Manager ? (string[])[] : ["requests-proxy"],
        .. Ingestor == Ingestor.Followed ? (string[])["ingestor"] : [],
    ];

    /// <summary>The workloads that these images belong to.</summary>
    internal IEnumerable<string> Refreshed => Polled
        .Select(name => name == "requests-proxy" ? "acme-requests-proxy" : "acme-jobs-manager")
        .Distinct();

    private static string If(bool pinned) => pinned ? Digest : "";

    private static string JsonOf(bool value) => value ? "true" : "false";
}

/// <summary>The ways to have the ingestor.</summary>
public enum Ingestor
{
    /// <summary>Its tag is polled.</summary>
    Followed,

    /// <summary>By digest.</summary>
    Pinned,

    /// <summary>As it is, with autoRefresh off.</summary>
    Left,
}
