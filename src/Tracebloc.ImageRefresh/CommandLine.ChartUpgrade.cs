using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Tracebloc.ImageRefresh.ChartUpgrade;
using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh;

internal static partial class CommandLine
{
    private const int LongestRelease = 53;

    private static Command ChartUpgrade(ICommands commands)
    {
        var (release, space, chart, cluster) = (Release(), Namespace(), new ChartArguments(), new ClusterArguments());
        var (timeout, fetchTimeout, attempts) = (Timeout(), FetchTimeout(), MaxAttempts());
        var (dryRun, output, level) = (DryRun(), Output(), Level());
        const string About = "Takes a Helm release to its chart's newest version, by helm: $HELM or the one on PATH.";
        var upgrade = new Command("chart-upgrade", About) { release, space };
        chart.AddTo(upgrade);
        foreach (var option in (Option[])
            [timeout, fetchTimeout, attempts, dryRun, output, cluster.Kubeconfig, cluster.Context, level])
            upgrade.Add(option);
        upgrade.SetAction((result, token) => commands.ChartUpgradeAsync(
            new ChartUpgradeOptions
            {
                Release = result.GetRequiredValue(release),
                Namespace = result.GetRequiredValue(space),
                Source = chart.Of(result),
                Cluster = cluster.Of(result),
                Timeout = result.GetValue(timeout) ?? TimeSpan.FromMinutes(10),
                FetchTimeout = result.GetValue(fetchTimeout) ?? TimeSpan.FromMinutes(1),
                MaxAttempts = result.GetValue(attempts) ?? 3,
                DryRun = result.GetValue(dryRun),
                Output = result.GetValue(output) ?? default,
                LogLevel = result.GetValue(level) ?? LogLevel.Information,
            },
            token));
        return upgrade;
    }

    private static Option<string> Release() => new("--release")
    {
        HelpName = "NAME",
        Required = true,
        Description = "The release to upgrade. Default: none, it must be given. Example: --release acme",
        CustomParser = result => Checked(
            result, name => name.Length <= LongestRelease && KubernetesName.IsSubdomain(name), "a release", "acme"),
    };

    private static Option<string> Namespace() => new("--namespace", "-n")
    {
        HelpName = "NAME",
        Required = true,
        Description = "The release's namespace. Default: none, it must be given. Example: --namespace tracebloc",
        CustomParser = result => Checked(result, name => KubernetesName.IsLabel(name), "a namespace", "tracebloc"),
    };

    private static Option<TimeSpan?> Timeout() => OfDuration(
        "--timeout",
        "How long helm waits for the workloads. A release that has been pending for this long and a minute is taken "
        + "for abandoned. The whole run takes at most three times as long, twice --fetch-timeout and 5 minutes: give "
        + "the Job more than that. Default: 10m. Example: --timeout 15m");

    private static Option<TimeSpan?> FetchTimeout() => OfDuration(
        "--fetch-timeout",
        "How long the repository may take for its index, and again for the chart. Default: 1m. "
        + "Example: --fetch-timeout 30s");

    private static Option<int?> MaxAttempts() => new("--max-attempts")
    {
        HelpName = "COUNT",
        Description = "How often an upgrade to one version may fail before it is left alone until there is another, "
            + "1 to 4 (helm remembers ten revisions). Default: 3. Example: --max-attempts 1",
        CustomParser = result => Value(result) is [>= '1' and <= '4'] text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : Refuse<int?>(result, $"--max-attempts \"{Value(result)}\" is not one of 1, 2, 3 and 4."),
    };

    /// <summary>The text if it is a name of that kind: it could be taken for an option of helm's otherwise.</summary>
    internal static string? Checked(ArgumentResult result, Func<string, bool> isName, string kind, string example) =>
        Value(result) is var name && isName(name)
            ? name
            : Refuse<string>(
                result, $"\"{name}\" is not {kind}; write lower-case letters, digits and dashes: {example}.");
}
