using System.CommandLine;
using Microsoft.Extensions.Logging;

namespace Tracebloc.ImageRefresh;

internal static partial class CommandLine
{
    private static Command Status(ICommands commands)
    {
        var (config, cluster, output, level) = (Config(required: true), new ClusterArguments(), Output(), Level());
        const string About = "What a run would do by the records on the workloads: asks no registry, writes nothing.";
        var status = new Command("status", About)
        {
            config, output, cluster.Kubeconfig, cluster.Context, level,
        };
        status.SetAction((result, token) => commands.StatusAsync(
            new StatusOptions
            {
                Config = result.GetRequiredValue(config),
                Cluster = cluster.Of(result),
                Output = result.GetValue(output) ?? default,
                LogLevel = result.GetValue(level) ?? LogLevel.Information,
            },
            token));
        return status;
    }

    private static Command Release(ICommands commands)
    {
        var (config, cluster, level) = (Config(required: true), new ClusterArguments(), Level());
        var name = new Argument<string>("NAME") { Description = "The image's name in the configuration. Example: web" };
        var digest = new Option<string>("--digest")
        {
            HelpName = "DIGEST",
            Description = "Only this digest, or the one that begins so. Default: all of the image's. "
                + "Example: --digest sha256:8df25a636fe0",
        };
        const string About = "Takes digests that were rolled back out of quarantine: they may be applied again.";
        var release = new Command("release", About)
        {
            name, config, digest, cluster.Kubeconfig, cluster.Context, level,
        };
        release.SetAction((result, token) => commands.ReleaseAsync(
            new ReleaseOptions
            {
                Name = result.GetRequiredValue(name),
                Config = result.GetRequiredValue(config),
                Cluster = cluster.Of(result),
                Digest = result.GetValue(digest),
                LogLevel = result.GetValue(level) ?? LogLevel.Information,
            },
            token));
        return release;
    }
}
