using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh;

/// <summary><c>image-refresh watch</c>: ticks for as long as it runs, for those who prefer a Deployment to a CronJob.</summary>
internal static class WatchCommand
{
    public static async Task<int> ExecuteAsync(WatchOptions options, ProgramContext context, CancellationToken token)
    {
        var configuration = RefreshConfigurationReader.Read(options.Config);
        var cluster = ClusterConnection.Find(options.Cluster, context.Variable);
        using var client = new KubernetesClient(cluster, context.Time);
        var api = new WorkloadApi(client, configuration.Namespace ?? cluster.Namespace);
        var floating = configuration with { Images = [.. configuration.Images.Where(image => image.Floats)] };
        var next = configuration;
        // The next start may be an interval and its jitter away, and a tick may use up its own timeout.
        var health = new LoopHealth(context.Time, (options.Interval * 1.1) + configuration.TickTimeout);

        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddHostedService(_ =>
            new TickLoop(TickAsync, options.Interval, health, Random.Shared, context.Time, context.Logger));
        if (options.Listen is { } address)
            builder.Services.AddHostedService(_ => new HealthEndpoint(address, health));
        using var host = builder.Build();
        await host.RunAsync(token).ConfigureAwait(false);
        return Hosting.ExitCode.Done;

        async Task<int> TickAsync(CancellationToken stopping)
        {
            using var registry = RegistryConnection.Open(next, context.Variable, context.Time);
            var report = await new Tick(next, api, registry, context.Time, context.Logger)
                .RunAsync(dryRun: false, stopping)
                .ConfigureAwait(false);
            context.Out.Write(options.Output == OutputFormat.Json ? ReportJson.Write(report) : ReportText.Write(report));
            next = floating; // A pin is said once.
            return report.ExitCode;
        }
    }
}
