using System.CommandLine;
using System.Net;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Settings;

namespace Tracebloc.MetadataSync.Verbs;

/// <summary><c>metadata-sync run</c>.</summary>
internal sealed class RunVerb : Verb<RunOptions>
{
    private readonly CheckArguments _target = new();
    private readonly ApiArguments _api = new();
    private readonly Option<IPEndPoint?> _listen = ApiArguments.Listen(
        "--listen", "Where probes and metrics are served, over HTTP. Default: nowhere. Example: --listen [::]:8080");

    private readonly Option<string?> _leaseNamespace = new("--lease-namespace")
    {
        HelpName = "NAMESPACE",
        Description = "The namespace of the Lease by which replicas elect a leader. Default: the pod's, or the "
            + "context's. Example: --lease-namespace michelangelo",
    };

    private readonly Option<string?> _leaseName = new("--lease-name")
    {
        HelpName = "NAME",
        Description = "The name of that Lease. Default: metadata-sync. Example: --lease-name mirror",
    };

    private readonly Func<LogLevel, ProgramContext> _context;

    public RunVerb(Func<LogLevel, ProgramContext> context)
        : base("run", "Mirrors the kinds of the configuration into MySQL, until SIGTERM; one of the replicas works.")
    {
        _context = context;
        Add(_listen, _leaseNamespace, _leaseName);
        _api.AddTo(this, isNeeded: false);
        _target.AddTo(this);
    }

    public override string Examples =>
        """
          metadata-sync run --listen [::]:8080
          metadata-sync run --config config.yaml --context edge-7 --listen 127.0.0.1:8080
        """;

    protected override RunOptions Parse(ParseResult result) => new(_target.Of(result), _api.Of(result))
    {
        Listen = result.GetValue(_listen),
        LeaseNamespace = result.GetValue(_leaseNamespace),
        LeaseName = result.GetValue(_leaseName) ?? "metadata-sync",
    };

    public override async Task<int> ExecuteAsync(RunOptions options, CancellationToken token)
    {
        var program = _context(options.Target.LogLevel);
        var settings = SettingsReader.Read(options.Target.Config, program.Variable);
        var cluster = ClusterConnection.Find(
            options.Target.Cluster.Kubeconfig, options.Target.Cluster.Context, program.Variable);
        await using var run = new RunProgram(options, settings, cluster, program);
        await run.RunAsync(token);
        return MetadataSyncExit.Done;
    }
}

/// <summary>The options of <c>metadata-sync run</c>.</summary>
internal sealed record RunOptions(CheckTarget Target, ApiOptions Api)
{
    public IPEndPoint? Listen { get; init; }

    public string? LeaseNamespace { get; init; }

    public required string LeaseName { get; init; }
}
