using System.CommandLine;
using Microsoft.Extensions.Logging;

namespace Tracebloc.ImageRefresh;

internal static partial class CommandLine
{
    private static Command Run(ICommands commands)
    {
        var (config, cluster, output, level) = (Config(required: true), new ClusterArguments(), Output(), Level());
        var dryRun = DryRun();
        const string About = "One tick: asks the registries, refreshes what moved, waits for the rollouts, and exits.";
        var run = new Command("run", About)
        {
            config, dryRun, output, cluster.Kubeconfig, cluster.Context, level,
        };
        run.SetAction((result, token) => commands.RunAsync(
            new RunOptions
            {
                Config = result.GetRequiredValue(config),
                Cluster = cluster.Of(result),
                DryRun = result.GetValue(dryRun),
                Output = result.GetValue(output) ?? default,
                LogLevel = result.GetValue(level) ?? LogLevel.Information,
            },
            token));
        return run;
    }

    private static Command Watch(ICommands commands)
    {
        var (config, cluster, output, level) = (Config(required: true), new ClusterArguments(), Output(), Level());
        var (interval, listen) = (Interval(), Listen());
        const string About = "Ticks until SIGTERM, one at a time and with jitter, for those who run a Deployment.";
        var watch = new Command("watch", About)
        {
            config, interval, listen, output, cluster.Kubeconfig, cluster.Context, level,
        };
        watch.SetAction((result, token) => commands.WatchAsync(
            new WatchOptions
            {
                Config = result.GetRequiredValue(config),
                Cluster = cluster.Of(result),
                Interval = result.GetValue(interval) ?? DefaultInterval,
                Listen = result.GetValue(listen),
                Output = result.GetValue(output) ?? default,
                LogLevel = result.GetValue(level) ?? LogLevel.Information,
            },
            token));
        return watch;
    }

    private static Command Resolve(ICommands commands)
    {
        var (config, output, level) = (Config(required: false), Output(), Level());
        var images = new Argument<string[]>("IMAGE")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "Image references. Example: docker.io/library/nginx:stable",
        };
        RefuseOptions(images);
        const string About = "The digest of each image, one line each in the order given; needs no cluster.";
        var resolve = new Command("resolve", About)
        {
            images, config, output, level,
        };
        resolve.SetAction((result, token) => commands.ResolveAsync(
            new ResolveOptions
            {
                Images = result.GetRequiredValue(images),
                Config = result.GetValue(config),
                Output = result.GetValue(output) ?? default,
                LogLevel = result.GetValue(level) ?? LogLevel.Information,
            },
            token));
        return resolve;
    }
}
