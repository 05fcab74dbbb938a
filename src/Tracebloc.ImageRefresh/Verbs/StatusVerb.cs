using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Applying;
using Tracebloc.ImageRefresh.Workloads;

namespace Tracebloc.ImageRefresh.Verbs;

/// <summary><c>image-refresh status</c>: the records on the workloads, as a report.</summary>
internal sealed class StatusVerb : Verb<StatusOptions>
{
    private readonly Option<string> _config = RefreshOptions.RequiredConfig();
    private readonly Option<OutputFormat?> _output = CommonOptions.Output();
    private readonly Option<LogLevel?> _level = CommonOptions.Level();
    private readonly ClusterArguments _cluster = new();
    private readonly Func<LogLevel, ProgramContext> _context;

    public StatusVerb(Func<LogLevel, ProgramContext> context)
        : base("status", "Reports the records on the workloads; sends nothing to a registry, writes nothing.")
    {
        _context = context;
        Add(_config);
        Add(_output);
        _cluster.AddTo(this);
        Add(_level);
    }

    public override string Examples =>
        """
          image-refresh status --config refresh.yaml
          image-refresh status --config refresh.yaml --output json --context edge-7

        The exit code is what the records say: 12 after a failed rollout that a run has yet to set right, 13 where a
        digest is left alone, 10 where a registry stays away; 0 says nothing of what the registries serve by now.
        """;

    protected override StatusOptions Parse(ParseResult result) => new()
    {
        Config = result.GetRequiredValue(_config),
        Cluster = _cluster.Of(result),
        Output = result.GetValue(_output) ?? default,
        LogLevel = result.GetValue(_level) ?? LogLevel.Information,
    };

    public override async Task<int> ExecuteAsync(StatusOptions options, CancellationToken token)
    {
        var session = RefreshSession.Open(options.Config, options.Cluster, _context(options.LogLevel));
        using var client = session.Connect(out var @namespace);
        var api = new WorkloadApi(client, @namespace);
        var reader = new StatusReader(session.Configuration, api, session.Context.Time, session.Context.Logger);
        var report = await reader.ReadAsync(token);
        session.Write(report, options.Output);
        return report.ExitCode;
    }
}

/// <summary>The options of <c>image-refresh status</c>.</summary>
internal sealed record StatusOptions
{
    public required string Config { get; init; }

    public required ClusterOptions Cluster { get; init; }

    public OutputFormat Output { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Information;
}
