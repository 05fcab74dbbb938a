using Tracebloc.Configuration;
using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh.Configuration;

/// <summary>
/// Reads the whole configuration file and reports all errors at once, each with its line. Files that
/// it names lie beside it when their path is relative, as in a kubeconfig.
/// </summary>
internal sealed partial class RefreshConfigurationReader
{
    private const string ApiVersion = "refresh.tracebloc.io/v1";
    private const string Kind = "RefreshConfig";

    private static readonly string[] KeysBesideRegistries =
    [
        "apiVersion", "kind", "namespace", "rolloutTimeout", "tickTimeout", "failureThreshold", "maxRefreshAttempts",
        "pullSecrets", "images", "events", "metrics", "webhook",
    ];

    private readonly ConfigurationErrors _errors;
    private readonly ConfigurationReader _root;
    private readonly ReferencedFiles _files;

    private RefreshConfigurationReader(string path, ConfigurationNode.Mapping root, ConfigurationErrors errors)
    {
        _errors = errors;
        _root = new ConfigurationReader(root, errors);
        _files = new ReferencedFiles(Path.GetDirectoryName(path) ?? "");
    }

    /// <exception cref="ConfigurationException">The file cannot be used; holds every error.</exception>
    public static RefreshConfiguration Read(string path) =>
        Read(path, reader => reader.ReadAll());

    /// <summary>Only <c>registries</c> and <c>dockerConfigFile</c>, for those who need no cluster.</summary>
    /// <exception cref="ConfigurationException">The file cannot be used; holds every error.</exception>
    public static RefreshConfiguration ReadRegistries(string path) =>
        Read(path, reader => reader.ReadOnlyRegistries());

    private static RefreshConfiguration Read(string path, Func<RefreshConfigurationReader, RefreshConfiguration> read)
    {
        var errors = new ConfigurationErrors(path);
        var configuration = ConfigurationDocument.Read(path, errors) is { } root
            ? read(new RefreshConfigurationReader(path, root, errors))
            : null;
        errors.ThrowIfAny();
        return configuration ?? throw new ConfigurationException([]);
    }

    private RefreshConfiguration ReadAll()
    {
        RequireConstant("apiVersion", ApiVersion);
        RequireConstant("kind", Kind);
        var defaults = new RefreshConfiguration();
        var configuration = new RefreshConfiguration
        {
            Namespace = ReadNamespace(),
            RolloutTimeout = _root.Duration("rolloutTimeout") ?? defaults.RolloutTimeout,
            TickTimeout = _root.Duration("tickTimeout") ?? defaults.TickTimeout,
            FailureThreshold = _root.Integer("failureThreshold", minimum: 1) ?? defaults.FailureThreshold,
            MaxRefreshAttempts = _root.Integer("maxRefreshAttempts", minimum: 1) ?? defaults.MaxRefreshAttempts,
            Registries = ReadRegistries(),
            DockerConfigFile = _files.Read(_root, "dockerConfigFile"),
            PullSecrets = _root.Boolean("pullSecrets") ?? false,
            Images = new ImagesReader(_root, _errors, _files).Read(),
            Notifications = ReadNotifications(),
        };
        RequireRoomForRollouts(configuration);
        _root.RefuseUnknownKeys();
        return configuration;
    }

    private RefreshConfiguration ReadOnlyRegistries()
    {
        var configuration = new RefreshConfiguration
        {
            Registries = ReadRegistries(),
            DockerConfigFile = _files.Read(_root, "dockerConfigFile"),
        };
        foreach (var key in KeysBesideRegistries) _root.Find(key);
        _root.RefuseUnknownKeys();
        return configuration;
    }

    private void RequireConstant(string key, string value)
    {
        if (_root.RequiredText(key, $"{key}: {value}") is { } text && text != value)
            _root.Refuse(key, $"\"{text}\" is not known to this version; write {value}");
    }

    private string? ReadNamespace()
    {
        var name = _root.Text("namespace");
        if (name is not null && !KubernetesName.IsLabel(name))
            _root.Refuse("namespace", $"\"{name}\" is no namespace; use lower-case letters, digits and dashes");
        return name;
    }

    // A deadline that does not hold what it encloses kills ticks in the middle of a rollout.
    private void RequireRoomForRollouts(RefreshConfiguration configuration)
    {
        var (rollout, tick) = (configuration.RolloutTimeout, configuration.TickTimeout);
        if (tick >= rollout + Deadlines.Headroom) return;
        var key = _root.Find("tickTimeout") is null ? "rolloutTimeout" : "tickTimeout";
        _root.Refuse(
            key,
            $"a tick of {Duration.Format(tick)} must hold a rollout of {Duration.Format(rollout)} and "
            + $"{Duration.Format(Deadlines.Headroom)} more; raise tickTimeout or lower rolloutTimeout");
    }
}
