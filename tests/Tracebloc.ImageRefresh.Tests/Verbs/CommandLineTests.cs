using System.Net;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Pin;
using Tracebloc.ImageRefresh.Verbs;
using Tracebloc.Testing;

namespace Tracebloc.ImageRefresh.Tests.Verbs;

public sealed class CommandLineTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void A_run_has_defaults_for_all_but_its_configuration() =>
        Assert.Equal(
            new RunOptions { Config = "c.yaml", Cluster = new ClusterOptions(null, null) },
            Read("run --config c.yaml"));

    [Fact]
    public void A_run_takes_what_it_is_told() =>
        Assert.Equal(
            new RunOptions
            {
                Config = "c.yaml",
                Cluster = new ClusterOptions("k.yaml", "edge-7"),
                DryRun = true,
                Output = OutputFormat.Json,
                LogLevel = LogLevel.Debug,
            },
            Read(
                "run --dry-run --kubeconfig k.yaml --context=edge-7 --output json --log-level debug --config c.yaml"));

    [Fact]
    public void A_cluster_that_is_chosen_by_an_empty_text_is_not_chosen()
    {
        const string nothing = "";

        Assert.Equal(
            new RunOptions { Config = "c.yaml", Cluster = new ClusterOptions(null, null) },
            Read($"run --config c.yaml --kubeconfig {nothing} --context {nothing}"));
    }

    [Fact]
    public void A_watch_ticks_every_quarter_of_an_hour_and_serves_nothing() =>
        Assert.Equal(
            new ImageRefresh.Verbs.WatchOptions
            {
                Config = "c.yaml",
                Cluster = new ClusterOptions(null, null),
                Interval = TimeSpan.FromMinutes(15),
            },
            Read("watch --config c.yaml"));

    [Fact]
    public void A_watch_takes_what_it_is_told() =>
        Assert.Equal(
            new ImageRefresh.Verbs.WatchOptions
            {
                Config = "c.yaml",
                Cluster = new ClusterOptions("k.yaml", null),
                Interval = TimeSpan.FromMinutes(90),
                Listen = new(IPAddress.Any, 8080),
                Output = OutputFormat.Json,
                LogLevel = LogLevel.Warning,
            },
            Read(
                "watch --interval 1h30m --listen 0.0.0.0:8080 --kubeconfig k.yaml "
                + "-o json --log-level warning --config c.yaml"));

    [Fact]
    public void Resolving_takes_images_in_their_order_wherever_the_options_stand()
    {
        var called = Read("resolve b --output json a @x --config c.yaml nginx:1");
        var options = Assert.IsType<ResolveOptions>(called);
        Assert.Equal(["b", "a", "@x", "nginx:1"], options.Images);
        Assert.Equal(("c.yaml", OutputFormat.Json), (options.Config, options.Output));
    }

    [Fact]
    public void Pinning_has_defaults_for_all_but_its_file()
    {
        var options = Assert.IsType<PinOptions>(Read("pin values.yaml"));
        Assert.Equal(new PinOptions { File = "values.yaml", Paths = options.Paths }, options);
        Assert.Empty(options.Paths);
    }

    [Fact]
    public void Pinning_takes_what_it_is_told()
    {
        var called = Read("pin --path a.b --check --path c --dry-run v.yaml --config c.yaml -o json");
        var options = Assert.IsType<PinOptions>(called);
        Assert.Equal(["a.b", "c"], options.Paths);
        Assert.Equal(
            new PinOptions
            {
                File = "v.yaml",
                Paths = options.Paths,
                Mode = PinMode.Check,
                DryRun = true,
                Config = "c.yaml",
                Output = OutputFormat.Json,
            },
            options);
        Assert.Equal(PinMode.Unpin, Assert.IsType<PinOptions>(Read("pin v.yaml --unpin")).Mode);
    }

    [Fact]
    public void A_status_takes_what_it_is_told() =>
        Assert.Equal(
            new StatusOptions
            {
                Config = "c.yaml",
                Cluster = new ClusterOptions(null, "edge-7"),
                Output = OutputFormat.Json,
                LogLevel = LogLevel.Error,
            },
            Read("status --config c.yaml --context edge-7 -o json --log-level error"));

    [Fact]
    public void A_release_takes_a_name_and_perhaps_a_digest()
    {
        var cluster = new ClusterOptions("k.yaml", null);
        var all = new ReleaseOptions { Name = "web", Config = "c.yaml", Cluster = cluster };

        Assert.Equal(all, Read("release web --config c.yaml --kubeconfig k.yaml"));
        Assert.Equal(
            all with { Digest = "sha256:8df2" },
            Read("release --digest sha256:8df2 web --kubeconfig k.yaml --config c.yaml"));
    }

    [Theory]
    [InlineData("rum", "verb \"rum\" is unknown; did you mean run? See image-refresh --help")]
    [InlineData("chart-upgrade", "Unrecognized command or argument 'chart-upgrade'. See image-refresh --help")]
    [InlineData("run", "Option '--config' is required. See image-refresh run --help")]
    [InlineData("run --config", "option --config has no value. See image-refresh run --help")]
    [InlineData("run --config a b", "Unrecognized command or argument 'b'. See image-refresh run --help")]
    [InlineData("run --config a --dry-rnu",
        "option \"--dry-rnu\" is unknown; did you mean --dry-run? See image-refresh run --help")]
    [InlineData("run --config a --output xml",
        "\"xml\" is not an output; use text or json. See image-refresh run --help")]
    [InlineData("run --config a --log-level loud",
        "\"loud\" is not a level; use trace, debug, info, warning or error. See image-refresh run --help")]
    [InlineData("watch --config a --interval 15",
        "--interval \"15\" is not a duration; write it as 90s, 10m or 1h30m. See image-refresh watch --help")]
    [InlineData("watch --config a --listen 8080",
        "--listen \"8080\" is not ADDRESS:PORT; write it like 0.0.0.0:8080 or [::]:8080."
        + " See image-refresh watch --help")]
    [InlineData("r\nn", "verb \"r\\nn\" is unknown; did you mean run? See image-refresh --help")]
    [InlineData("watch --config a --dry-run",
        "Unrecognized command or argument '--dry-run'. See image-refresh watch --help")]
    [InlineData("resolve", "See image-refresh resolve --help")]
    [InlineData("status", "Option '--config' is required. See image-refresh status --help")]
    [InlineData("status --config a --dry-run",
        "Unrecognized command or argument '--dry-run'. See image-refresh status --help")]
    [InlineData("release --config a",
        "argument NAME is missing. See image-refresh release --help")]
    [InlineData("release a b --config a", "Unrecognized command or argument 'b'. See image-refresh release --help")]
    [InlineData("resolve a --kubeconfig k",
        "Unrecognized command or argument '--kubeconfig'. See image-refresh resolve --help")]
    [InlineData("pin", "See image-refresh pin --help")]
    [InlineData("pin a --kubeconfig k",
        "Unrecognized command or argument '--kubeconfig'. See image-refresh pin --help")]
    [InlineData("pin a --dry-rnu",
        "option \"--dry-rnu\" is unknown; did you mean --dry-run? See image-refresh pin --help")]
    [InlineData("pin a --check --unpin",
        "--check and --unpin exclude each other; give one. See image-refresh pin --help")]
    public async Task A_mistake_is_one_line_that_leads_to_the_help(string args, string message)
    {
        using var console = new StringConsole(App.CommandLine().InvokeAsync);
        var code = await console.InvokeAsync(args.Split(' ', StringSplitOptions.RemoveEmptyEntries), Cancelled);
        Assert.Equal(ExitCodes.Usage, code);
        Assert.EndsWith(message + "\n", console.Error, StringComparison.Ordinal);
        Assert.Equal(1, console.Error.Count(character => character == '\n'));
        Assert.Empty(console.Output);
    }

    private static object? Read(string args) => App.CommandLine().Read(args.Split(' '));
}
