using System.CommandLine;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Notifications.Metrics;
using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh.Verbs;

/// <summary><c>image-refresh watch</c>: ticks until it is stopped, for a Deployment.</summary>
internal sealed class WatchVerb : Verb<WatchOptions>
{
    private readonly Option<string> _config = RefreshOptions.RequiredConfig();
    private readonly Option<TimeSpan?> _interval = CommonOptions.OfDuration(
        "--interval", "Time from the start of a tick to that of the next. Default: 15m. Example: --interval 1h30m");
    private readonly Option<IPEndPoint?> _listen = Listen();
    private readonly Option<OutputFormat?> _output = CommonOptions.Output();
    private readonly Option<LogLevel?> _level = CommonOptions.Level();
    private readonly ClusterArguments _cluster = new();
    private readonly Func<LogLevel, ProgramContext> _context;

    public WatchVerb(Func<LogLevel, ProgramContext> context)
        : base("watch", "Runs ticks until SIGTERM, one at a time and with jitter; for a Deployment.")
    {
        _context = context;
        Add(_config);
        Add(_interval);
        Add(_listen);
        Add(_output);
        _cluster.AddTo(this);
        Add(_level);
    }

    public override string Examples =>
        """
          image-refresh watch --config /etc/image-refresh/refresh.yaml --interval 15m --listen 0.0.0.0:8080
        """;

    protected override WatchOptions Parse(ParseResult result) => new()
    {
        Config = result.GetRequiredValue(_config),
        Cluster = _cluster.Of(result),
        Interval = result.GetValue(_interval) ?? TimeSpan.FromMinutes(15),
        Listen = result.GetValue(_listen),
        Output = result.GetValue(_output) ?? default,
        LogLevel = result.GetValue(_level) ?? LogLevel.Information,
    };

    public override async Task<int> ExecuteAsync(WatchOptions options, CancellationToken token)
    {
        var context = _context(options.LogLevel);
        var page = new MetricsPage();
        var session = RefreshSession.Open(
            options.Config, options.Cluster, context, options.Listen is null ? null : page);
        // A kubeconfig without the context ends the program now; inside a tick it would fail forever.
        ClusterConnection.Find(options.Cluster.Kubeconfig, options.Cluster.Context, context.Variable);
        var loop = new PeriodicLoop(
            stopping => session.TickAsync(dryRun: false, options.Output, stopping),
            options.Interval,
            new LoopHealth(context.Time, PeriodicLoop.LongestPause(options.Interval) + session.TickTimeout),
            Random.Shared,
            context.Time,
            context.Logger);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        // The endpoint starts first: an address in use ends the program before a tick has changed anything.
        if (options.Listen is { } address)
        {
            builder.Services.AddHostedService(
                _ => new HealthEndpoint(address, loop.Health, context.Time, () => page.Text));
        }
        builder.Services.AddHostedService(_ => loop);
        using var host = builder.Build();
        await host.RunAsync(token);
        return token.IsCancellationRequested ? ExitCodes.Done : ExitCodes.Unexpected;
    }

    private static Option<IPEndPoint?> Listen() => new("--listen")
    {
        HelpName = "ADDRESS:PORT",
        Description = "Address for /healthz, /readyz and /metrics. They answer every client that can connect: restrict "
            + "them by a NetworkPolicy. Default: none. Example: --listen 0.0.0.0:8080",
        CustomParser = result => ListenAddress.TryParse(Parsing.Value(result), out var address)
            ? address
            : Parsing.Reject<IPEndPoint?>(
                result,
                $"--listen \"{Parsing.Value(result)}\" is not ADDRESS:PORT; write it like 0.0.0.0:8080 or [::]:8080."),
    };
}

/// <summary>The options of <c>image-refresh watch</c>.</summary>
internal sealed record WatchOptions
{
    public required string Config { get; init; }

    public required ClusterOptions Cluster { get; init; }

    public TimeSpan Interval { get; init; }

    public IPEndPoint? Listen { get; init; }

    public OutputFormat Output { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Information;
}
