using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;

namespace Tracebloc.ImageRefresh.Verbs;

/// <summary><c>image-refresh run</c>: one tick.</summary>
internal sealed class RunVerb : Verb<RunOptions>
{
    private readonly Option<string> _config = RefreshOptions.RequiredConfig();
    private readonly Option<bool> _dryRun = CommonOptions.DryRun();
    private readonly Option<OutputFormat?> _output = CommonOptions.Output();
    private readonly Option<LogLevel?> _level = CommonOptions.Level();
    private readonly ClusterArguments _cluster = new();
    private readonly Func<LogLevel, ProgramContext> _context;

    public RunVerb(Func<LogLevel, ProgramContext> context)
        : base("run", "Runs one tick: looks up digests, refreshes workloads, waits for their rollouts, and exits.")
    {
        _context = context;
        Add(_config);
        Add(_dryRun);
        Add(_output);
        _cluster.AddTo(this);
        Add(_level);
    }

    public override string Examples =>
        """
          image-refresh run --config /etc/image-refresh/refresh.yaml
          image-refresh run --config refresh.yaml --dry-run --output json --context edge-7
        """;

    protected override RunOptions Parse(ParseResult result) => new()
    {
        Config = result.GetRequiredValue(_config),
        Cluster = _cluster.Of(result),
        DryRun = result.GetValue(_dryRun),
        Output = result.GetValue(_output) ?? default,
        LogLevel = result.GetValue(_level) ?? LogLevel.Information,
    };

    public override Task<int> ExecuteAsync(RunOptions options, CancellationToken token) =>
        RefreshSession
            .Open(options.Config, options.Cluster, _context(options.LogLevel))
            .TickAsync(options.DryRun, options.Output, token);
}

/// <summary>The options of <c>image-refresh run</c>.</summary>
internal sealed record RunOptions
{
    public required string Config { get; init; }

    public required ClusterOptions Cluster { get; init; }

    public bool DryRun { get; init; }

    public OutputFormat Output { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Information;
}
