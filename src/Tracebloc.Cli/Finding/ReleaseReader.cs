using System.Globalization;

namespace Tracebloc.Cli.Finding;

/// <summary>Reads a release off the Deployment of its jobs-manager.</summary>
internal static class ReleaseReader
{
    /// <summary>The labels of the chart's Deployments, in the charts 1.x too.</summary>
    public const string Selector = "app.kubernetes.io/name=client,app.kubernetes.io/managed-by=Helm";

    private const string Manager = "jobs-manager", ChartPrefix = "client-", PolicyVolume = "ingestion-authz";

    /// <summary>True for the Deployment of jobs-manager; the others of the chart have the same labels.</summary>
    public static bool IsJobsManager(V1Deployment deployment) => deployment.Metadata?.Name is { } name
        && (name == Manager || name.EndsWith($"-{Manager}", StringComparison.Ordinal));

    public static Release Read(V1Deployment deployment)
    {
        var labels = deployment.Metadata?.Labels ?? new Dictionary<string, string>();
        var name = labels.GetValueOrDefault("app.kubernetes.io/instance") ?? deployment.Metadata?.Name ?? "";
        var settings = Settings(deployment);
        return new Release
        {
            Name = name,
            Namespace = deployment.Metadata?.Namespace ?? "",
            ChartVersion = ChartVersion(labels.GetValueOrDefault("helm.sh/chart")),
            AppVersion = labels.GetValueOrDefault("app.kubernetes.io/version"),
            Deployment = deployment.Metadata?.Name ?? "",
            IsReady = deployment.Status?.ReadyReplicas > 0,
            PolicyConfigMap = PolicyConfigMap(deployment) ?? $"{name}-{PolicyVolume}",
            Image = Image(settings),
            Claim = settings.GetValueOrDefault("CLIENT_PVC") ?? "client-pvc",
            PullSecret = settings.GetValueOrDefault("IMAGE_PULL_SECRET_NAME"),
            RuntimeClass = settings.GetValueOrDefault("RUNTIME_CLASS_NAME"),
            NodeSelector = Pairs(settings.GetValueOrDefault("INGEST_NODE_SELECTOR")),
            User = Number(settings.GetValueOrDefault("HOST_UID")),
            Group = Number(settings.GetValueOrDefault("HOST_GID")),
            HasFixedUser = settings.GetValueOrDefault("INGEST_FIXED_USER") != "false",
        };
    }

    // The first container is jobs-manager itself. An empty value counts as none.
    private static Dictionary<string, string> Settings(V1Deployment deployment)
    {
        var settings = new Dictionary<string, string>();
        var manager = deployment.Spec?.Template?.Spec?.Containers is [var first, ..] ? first : null;
        foreach (var setting in manager?.Env ?? [])
            if (setting is { Name: { } name, Value.Length: > 0 }) settings[name] = setting.Value;
        return settings;
    }

    private static string? Image(Dictionary<string, string> settings)
    {
        if (settings.GetValueOrDefault("INGESTOR_IMAGE_REPOSITORY") is not { } repository) return null;
        return settings.GetValueOrDefault("INGESTOR_IMAGE_DIGEST") is { } digest ? $"{repository}@{digest}"
            : settings.GetValueOrDefault("INGESTOR_IMAGE_TAG") is { } tag ? $"{repository}:{tag}"
            : null;
    }

    // The name of a long release is cut: the Deployment has the one that is used.
    private static string? PolicyConfigMap(V1Deployment deployment) => deployment.Spec?.Template?.Spec?.Volumes
        ?.FirstOrDefault(volume => volume.Name == PolicyVolume)?.ConfigMap?.Name;

    private static string? ChartVersion(string? chart) =>
        chart?.StartsWith(ChartPrefix, StringComparison.Ordinal) == true ? chart[ChartPrefix.Length..] : chart;

    private static Dictionary<string, string> Pairs(string? text) => (text ?? "")
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .Where(pair => pair.Length == 2)
        .DistinctBy(pair => pair[0])
        .ToDictionary(pair => pair[0], pair => pair[1]);

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;
}
