using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh;

/// <summary>A configuration and where its cluster is to be found, ready to tick once or many times.</summary>
internal sealed class RefreshSession(
    RefreshConfiguration configuration, ClusterOptions cluster, ProgramContext context)
{
    private bool _pinsAreSaid;

    public TimeSpan TickTimeout => configuration.TickTimeout;

    /// <exception cref="Hosting.ConfigurationException">The configuration file cannot be used.</exception>
    public static RefreshSession Open(string file, ClusterOptions cluster, ProgramContext context) =>
        new(RefreshConfigurationReader.Read(file), cluster, context);

    /// <summary>
    /// One tick and its report; a pinned image is in the first report only. Whatever rotates is read anew: the
    /// cluster's authorities, its credentials and the registries'.
    /// </summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="KubernetesConfigurationException">There is no cluster to speak to.</exception>
    public async Task<int> TickAsync(bool dryRun, OutputFormat output, CancellationToken token)
    {
        var current = _pinsAreSaid
            ? configuration with { Images = [.. configuration.Images.Where(image => image.Floats)] }
            : configuration;
        var connection = ClusterConnection.Find(cluster, context.Variable);
        using var client = new KubernetesClient(connection, context.Time);
        var api = new WorkloadApi(client, configuration.Namespace ?? connection.Namespace);
        using var registry = RegistryConnection.Open(configuration, context.Variable, context.Time);
        var report = await new Tick(current, api, registry, context.Time, context.Logger)
            .RunAsync(dryRun, token);
        context.Out.Write(output == OutputFormat.Json ? ReportJson.Write(report) : ReportText.Write(report));
        _pinsAreSaid = true;
        return report.ExitCode;
    }
}
