namespace Tracebloc.ImageRefresh.Pin;

/// <summary>
/// What charts/client fills in where a block of its <c>images</c> leaves a key away: values.yaml and
/// templates/_images.tpl of that chart.
/// </summary>
internal sealed record ChartImage(string Path, string DefaultRepository, string? DefaultTag)
{
    private static readonly ChartImage[] All =
    [
        new("images.jobsManager", "docker.io/tracebloc/jobs-manager", DefaultTag: null),
        new("images.podsMonitor", "docker.io/tracebloc/pods-monitor", DefaultTag: null),
        new("images.requestsProxy", "docker.io/tracebloc/jobs-manager", DefaultTag: null),
        new("images.ingestor", "ghcr.io/tracebloc/ingestor", DefaultTag: "prod"),
        new("images.mysqlClient", "docker.io/tracebloc/mysql-client", DefaultTag: "prod"),
    ];

    public static ChartImage? At(string path) => Array.Find(All, image => image.Path == path);

    /// <summary>The repository as it is given, or the default, which a registry of all images holds too.</summary>
    public string Repository(string given, string registry) =>
        given.Length > 0 && given != DefaultRepository ? given
        : registry.Length == 0 ? DefaultRepository
        : registry + DefaultRepository[DefaultRepository.IndexOf('/', StringComparison.Ordinal)..];

    /// <summary>The tag's own default, or the environment's.</summary>
    public string Tag(string clientEnvironment) => DefaultTag ?? clientEnvironment switch
    {
        "" or "production" => "prod",
        "staging" => "stg",
        "development" => "dev",
        var tag => tag,
    };
}
