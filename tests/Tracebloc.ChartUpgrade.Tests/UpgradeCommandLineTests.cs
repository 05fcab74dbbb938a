using Microsoft.Extensions.Logging;
using Tracebloc.ChartUpgrade.Options;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.Testing;

namespace Tracebloc.ChartUpgrade.Tests;

public sealed class UpgradeCommandLineTests
{
    private const string Required =
        "--release acme --namespace tracebloc --repo-url https://x.example/c --chart client";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void A_chart_upgrade_has_defaults_for_all_but_release_and_chart() =>
        Assert.Equal(
            new ChartUpgradeOptions
            {
                Release = "acme",
                Namespace = "tracebloc",
                Source = new ChartSource { Chart = "client", Repository = new Uri("https://x.example/c") },
                Cluster = new ClusterOptions(null, null),
            },
            Read(Required));

    [Fact]
    public void A_chart_upgrade_takes_what_it_is_told() =>
        Assert.Equal(
            new ChartUpgradeOptions
            {
                Release = "acme",
                Namespace = "tracebloc",
                Source = new ChartSource
                {
                    Chart = "client",
                    Repository = new Uri("https://x.example/c"),
                    CaFile = "ca.crt",
                    Username = "edge-7",
                    PasswordFile = "password",
                    Keyring = "keys.gpg",
                },
                Cluster = new ClusterOptions("k.yaml", "edge-7"),
                Timeout = TimeSpan.FromMinutes(15),
                FetchTimeout = TimeSpan.FromSeconds(30),
                MaxAttempts = 1,
                DryRun = true,
                Output = OutputFormat.Json,
                LogLevel = LogLevel.Debug,
            },
            Read(
                Required + " --repo-ca-file ca.crt --repo-username edge-7 --repo-password-file password --keyring "
                + "keys.gpg --kubeconfig k.yaml --context edge-7 --timeout 15m --fetch-timeout 30s --max-attempts 1 "
                + "--dry-run --output json --log-level debug"));

    [Theory]
    [InlineData("--release", "--post-renderer", "is not a release; write lower-case letters, digits and dashes: acme.")]
    [InlineData("--release", "Acme", "\"Acme\" is not a release; write lower-case letters, digits and dashes: acme.")]
    [InlineData("--namespace", "a.b", "is not a namespace; write lower-case letters, digits and dashes: tracebloc.")]
    [InlineData("--chart", "repo/client",
        "is not a chart's name; write lower-case letters, digits and dashes: client.")]
    [InlineData("--timeout", "10", "--timeout \"10\" is not a duration; write it as 90s, 10m or 1h30m.")]
    [InlineData("--max-attempts", "5", "--max-attempts \"5\" is not one of 1, 2, 3 and 4.")]
    public async Task What_helm_would_take_for_something_else_is_a_mistake(
        string option, string value, string message) =>
        Assert.EndsWith(
            $"{message} See chart-upgrade --help\n", await RefusalAsync($"{option}={value}"));

    [Theory]
    [InlineData("http://user:s3cret@x.example/c")]
    [InlineData("https://x.example/c?token=s3cret")]
    [InlineData("oci://x.example/s3cret")]
    [InlineData("s3cret")]
    public async Task A_url_with_credentials_or_of_another_kind_is_refused_without_repeating_it(string url)
    {
        var error = await RefusalAsync($"--repo-url={url}");

        Assert.Equal(
            "--repo-url is not a chart repository: write it as https://HOST/PATH, with credentials in --repo-username "
                + "and --repo-password-file. See chart-upgrade --help\n",
            error);
    }

    [Theory]
    [InlineData("--repo-username=a")]
    [InlineData("--repo-password-file=p")]
    public async Task Name_and_password_go_together(string option) =>
        Assert.StartsWith("--repo-username and --repo-password-file go together.", await RefusalAsync(option));

    [Theory]
    [InlineData("http://x.example/c", false)]
    [InlineData("http://127.0.0.1:8080/c", true)]
    [InlineData("https://x.example/c", true)]
    public async Task A_password_is_not_sent_where_everybody_can_read_it(string url, bool isSent)
    {
        string[] args = [.. Without("--repo-url"), $"--repo-url={url}", "--repo-username=a", "--repo-password-file=p"];

        Assert.Equal(isSent, App.CommandLine().Read(args) is not null);
        if (isSent)
            return;
        using var console = new StringConsole(App.CommandLine().InvokeAsync);
        Assert.Equal(ExitCodes.Usage, await console.InvokeAsync(args, Cancelled));
        Assert.Contains("use https://", console.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://x.example/c", "", false)]
    [InlineData("http://10.0.0.7:8080/c", "", false)]
    [InlineData("http://x.example/c", "--keyring=keys.gpg", true)]
    [InlineData("http://127.0.0.1:8080/c", "", true)]
    [InlineData("http://[::1]/c", "", true)]
    [InlineData("https://x.example/c", "", true)]
    public async Task A_chart_that_anyone_could_replace_is_refused(string url, string keyring, bool isTaken)
    {
        string[] args = [.. Without("--repo-url"), $"--repo-url={url}", .. keyring == "" ? (string[])[] : [keyring]];

        Assert.Equal(isTaken, App.CommandLine().Read(args) is not null);
        if (isTaken)
            return;
        using var console = new StringConsole(App.CommandLine().InvokeAsync);
        Assert.Equal(ExitCodes.Usage, await console.InvokeAsync(args, Cancelled));
        Assert.StartsWith("--repo-url is plain HTTP and --keyring is empty", console.Error, StringComparison.Ordinal);
    }

    private static object? Read(string args) => App.CommandLine().Read(args.Split(' '));

    private static async Task<string> RefusalAsync(string argument)
    {
        using var console = new StringConsole(App.CommandLine().InvokeAsync);
        string[] args = [.. Without(argument.Split('=')[0]), argument];
        Assert.Equal(ExitCodes.Usage, await console.InvokeAsync(args, Cancelled));
        return console.Error;
    }

    private static IEnumerable<string> Without(string option) =>
        Required.Split(' ').Chunk(2).Where(pair => pair[0] != option).SelectMany(pair => pair);
}
