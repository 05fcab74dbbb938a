using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Tracebloc.ChartUpgrade.Options;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.Kubernetes;

namespace Tracebloc.ChartUpgrade.Verbs;

/// <summary><c>chart-upgrade</c>: one look at a release, and the upgrade that is due.</summary>
internal sealed class UpgradeVerb : Verb<ChartUpgradeOptions>
{
    private const int LongestRelease = 53;

    private readonly Option<string> _release = Release();
    private readonly Option<string> _namespace = Namespace();
    private readonly ChartArguments _chart = new();
    private readonly Option<TimeSpan?> _timeout = CommonOptions.OfDuration(
        "--timeout",
        "The time that helm waits for the workloads. A release that has been pending for this long and a minute counts "
        + "as abandoned. The whole run takes at most three times as long, twice --fetch-timeout and 5 minutes: give "
        + "the Job more than that. Default: 10m. Example: --timeout 15m");

    private readonly Option<TimeSpan?> _fetchTimeout = CommonOptions.OfDuration(
        "--fetch-timeout",
        "Timeout for the repository's index, and again for the chart. Default: 1m. "
        + "Example: --fetch-timeout 30s");

    private readonly Option<int?> _attempts = MaxAttempts();
    private readonly Option<bool> _dryRun = CommonOptions.DryRun();
    private readonly Option<OutputFormat?> _output = CommonOptions.Output();
    private readonly Option<LogLevel?> _level = CommonOptions.Level();
    private readonly ClusterArguments _cluster = new();
    private readonly Func<LogLevel, ProgramContext> _context;

    public UpgradeVerb(Func<LogLevel, ProgramContext> context)
        : base(App.Name, "Upgrades a Helm release to its chart's newest version, with helm from $HELM or PATH.")
    {
        _context = context;
        Add(_release, _namespace);
        _chart.AddTo(this);
        Add(_timeout, _fetchTimeout, _attempts, _dryRun, _output);
        _cluster.AddTo(this);
        Add(_level);
    }

    public override string Examples =>
        """
          chart-upgrade --release acme --namespace tracebloc --chart client \
            --repo-url https://tracebloc.github.io/client --keyring /etc/keyring/pubring.gpg
          chart-upgrade --release acme --namespace tracebloc --chart client \
            --repo-url https://charts.example.com --repo-username edge-7 --repo-password-file password --dry-run
        """;

    protected override ChartUpgradeOptions Parse(ParseResult result) => new()
    {
        Release = result.GetRequiredValue(_release),
        Namespace = result.GetRequiredValue(_namespace),
        Source = _chart.Of(result),
        Cluster = _cluster.Of(result),
        Timeout = result.GetValue(_timeout) ?? TimeSpan.FromMinutes(10),
        FetchTimeout = result.GetValue(_fetchTimeout) ?? TimeSpan.FromMinutes(1),
        MaxAttempts = result.GetValue(_attempts) ?? 3,
        DryRun = result.GetValue(_dryRun),
        Output = result.GetValue(_output) ?? default,
        LogLevel = result.GetValue(_level) ?? LogLevel.Information,
    };

    public override Task<int> ExecuteAsync(ChartUpgradeOptions options, CancellationToken token) =>
        ChartUpgradeCommand.ExecuteAsync(options, _context(options.LogLevel), token);

    private static Option<string> Release() => new("--release")
    {
        HelpName = "NAME",
        Required = true,
        Description = "The release to upgrade. Default: none, it must be given. Example: --release acme",
        CustomParser = result => Names.Checked(
            result, name => name.Length <= LongestRelease && KubernetesName.IsSubdomain(name), "a release", "acme"),
    };

    private static Option<string> Namespace() => new("--namespace", "-n")
    {
        HelpName = "NAME",
        Required = true,
        Description = "The release's namespace. Default: none, it must be given. Example: --namespace tracebloc",
        CustomParser = result => Names.Checked(
            result, name => KubernetesName.IsLabel(name), "a namespace", "tracebloc"),
    };

    private static Option<int?> MaxAttempts() => new("--max-attempts")
    {
        HelpName = "COUNT",
        Description = "Failed upgrades to one version before it is skipped until there is another, "
            + "1 to 4 (helm remembers ten revisions). Default: 3. Example: --max-attempts 1",
        CustomParser = result => Parsing.Value(result) is [>= '1' and <= '4'] text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : Parsing.Reject<int?>(
                result, $"--max-attempts \"{Parsing.Value(result)}\" is not one of 1, 2, 3 and 4."),
    };
}
