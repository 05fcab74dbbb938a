using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh;

/// <summary>A configuration and the cluster it is for, ready to tick once or many times over the same connections.</summary>
internal sealed class RefreshSession(
    RefreshConfiguration configuration, KubernetesClientConfiguration cluster, ProgramContext context) : IDisposable
{
    private readonly KubernetesClient _client = new(cluster, context.Time);
    private bool _pinsAreSaid;

    public TimeSpan TickTimeout => configuration.TickTimeout;

    /// <exception cref="Hosting.ConfigurationException">The configuration file cannot be used.</exception>
    /// <exception cref="KubernetesConfigurationException">There is no cluster to speak to.</exception>
    public static RefreshSession Open(string file, ClusterOptions cluster, ProgramContext context) =>
        new(RefreshConfigurationReader.Read(file), ClusterConnection.Find(cluster, context.Variable), context);

    /// <summary>One tick and its report; a pinned image is in the first report only.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TickAsync(bool dryRun, OutputFormat output, CancellationToken token)
    {
        var current = _pinsAreSaid
            ? configuration with { Images = [.. configuration.Images.Where(image => image.Floats)] }
            : configuration;
        var api = new WorkloadApi(_client, configuration.Namespace ?? cluster.Namespace);
        using var registry = RegistryConnection.Open(configuration, context.Variable, context.Time);
        var report = await new Tick(current, api, registry, context.Time, context.Logger)
            .RunAsync(dryRun, token)
            .ConfigureAwait(false);
        context.Out.Write(output == OutputFormat.Json ? ReportJson.Write(report) : ReportText.Write(report));
        _pinsAreSaid = true;
        return report.ExitCode;
    }

    public void Dispose() => _client.Dispose();
}
