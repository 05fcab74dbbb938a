using Tracebloc.CommandLine;
using Tracebloc.Configuration;
using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Applying;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Notifications;
using Tracebloc.ImageRefresh.Notifications.Metrics;
using Tracebloc.ImageRefresh.Notifications.Webhook;
using Tracebloc.ImageRefresh.Reporting;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh.Verbs;

/// <summary>A configuration and where its cluster is to be found, ready to tick once or many times.</summary>
internal sealed class RefreshSession(
    RefreshConfiguration configuration, ClusterOptions cluster, ProgramContext context)
{
    private bool _pinsAreSaid;

    public RefreshConfiguration Configuration => configuration;

    public ProgramContext Context => context;

    /// <summary>The page that gets the metrics of each tick; null where none is served.</summary>
    public MetricsPage? Metrics { get; init; }

    /// <summary>The longest duration of a tick, notifications included.</summary>
    public TimeSpan TickTimeout =>
        configuration.TickTimeout + (configuration.Notifications.AreNone ? TimeSpan.Zero : Deadlines.Notifications);

    /// <exception cref="ConfigurationException">The configuration file cannot be used.</exception>
    public static RefreshSession Open(
        string file, ClusterOptions cluster, ProgramContext context, MetricsPage? metrics = null) =>
        new(RefreshConfigurationReader.Read(file), cluster, context) { Metrics = metrics };

    /// <summary>
    /// One tick and its report; a pinned image is in the first report only. Whatever rotates is read anew: the
    /// cluster's authorities, its credentials and the registries'.
    /// </summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="KubernetesConfigurationException">No cluster is configured.</exception>
    public async Task<int> TickAsync(bool dryRun, OutputFormat output, CancellationToken token)
    {
        var current = _pinsAreSaid
            ? configuration with { Images = [.. configuration.Images.Where(image => image.Floats)] }
            : configuration;
        using var client = Connect(out var @namespace);
        using var registry = RegistryConnection.Open(configuration, context);
        var api = new WorkloadApi(client, @namespace);
        var outbox = configuration.Notifications.Webhook is null ? null : new OutboxWriter(current.Images);
        var tick = new Tick(current, api, registry, context.Time, context.Logger, outbox);
        var report = await tick.RunAsync(dryRun, token);
        Write(report, output);
        _pinsAreSaid = true;
        if (!dryRun)
            Metrics?.Add(report, @namespace, registry.Statistics.RateLimits);
        if (!configuration.Notifications.AreNone && !dryRun)
        {
            await NotificationDispatcher
                .Open(configuration.Notifications, api, registry.Statistics.RateLimits, context)
                .SendAsync(report, token);
        }
        return report.ExitCode;
    }

    /// <summary>A new connection to the cluster, for one tick or one run of a verb.</summary>
    /// <exception cref="KubernetesConfigurationException">There is no cluster to speak to.</exception>
    public KubernetesClient Connect(out string @namespace)
    {
        var connection = ClusterConnection.Find(cluster.Kubeconfig, cluster.Context, context.Variable);
        @namespace = configuration.Namespace ?? connection.Namespace;
        return new KubernetesClient(
            connection,
            context.Time,
            new() { RequestTimeout = Deadlines.KubernetesCall, WatchRequestTimeout = Deadlines.KubernetesWatch });
    }

    /// <summary>Writes a report to standard output.</summary>
    public void Write(TickResult report, OutputFormat output) =>
        context.Out.Write(output == OutputFormat.Json ? ReportJson.Write(report) : ReportText.Write(report));
}
