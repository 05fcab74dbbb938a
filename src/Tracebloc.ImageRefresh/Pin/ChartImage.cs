namespace Tracebloc.ImageRefresh.Pin;

/// <summary>The defaults of charts/client for a block of its <c>images</c>, as in templates/_images.tpl.</summary>
internal sealed record ChartImage(string Path, string Repository, string? FixedTag = null)
{
    public static IReadOnlyList<ChartImage> All { get; } =
    [
        new("images.jobsManager", "ghcr.io/tracebloc/jobs-manager"),
        new("images.podsMonitor", "docker.io/tracebloc/pods-monitor"),
        new("images.requestsProxy", "ghcr.io/tracebloc/jobs-manager"),
        new("images.ingestor", "ghcr.io/tracebloc/ingestor", FixedTag: "prod"),
        new("images.mysqlClient", "docker.io/tracebloc/mysql-client", FixedTag: "prod"),
    ];

    public static ChartImage? At(string path) => All.FirstOrDefault(image => image.Path == path);

    /// <summary>The environment by its short name is the tag of the images that have none of their own.</summary>
    public string Tag(string clientEnvironment) => FixedTag ?? clientEnvironment switch
    {
        "" or "production" => "prod",
        "staging" => "stg",
        "development" => "dev",
        var name => name,
    };
}
