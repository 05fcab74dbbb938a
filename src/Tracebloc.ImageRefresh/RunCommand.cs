using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh;

/// <summary><c>image-refresh run</c>: one tick.</summary>
internal static class RunCommand
{
    public static async Task<int> ExecuteAsync(RunOptions options, ProgramContext context, CancellationToken token)
    {
        var configuration = RefreshConfigurationReader.Read(options.Config);
        var cluster = ClusterConnection.Find(options.Cluster, context.Variable);
        using var client = new KubernetesClient(cluster, context.Time);
        var api = new WorkloadApi(client, configuration.Namespace ?? cluster.Namespace);
        using var registry = RegistryConnection.Open(configuration, context.Variable, context.Time);
        var report = await new Tick(configuration, api, registry, context.Time, context.Logger)
            .RunAsync(options.DryRun, token)
            .ConfigureAwait(false);
        context.Out.Write(options.Output == OutputFormat.Json ? ReportJson.Write(report) : ReportText.Write(report));
        return report.ExitCode;
    }
}
