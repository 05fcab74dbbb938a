using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.JobsManager.Settings;
using Tracebloc.Kubernetes;

namespace Tracebloc.JobsManager.Verbs;

/// <summary><c>jobs-manager serve</c>: all but the cluster comes from the environment of its container.</summary>
internal sealed class ServeVerb : Verb<ServeOptions>
{
    private readonly ClusterArguments _cluster = new();
    private readonly Func<LogLevel, ProgramContext> _context;
    private readonly Func<string, string?> _variable;

    public ServeVerb(Func<LogLevel, ProgramContext> context, Func<string, string?> variable)
        : base("serve", "Accepts data sets over HTTP, runs a Job for each, and follows it; until SIGTERM.")
    {
        (_context, _variable) = (context, variable);
        _cluster.AddTo(this);
    }

    public override string Examples =>
        """
          jobs-manager serve
          LISTEN=127.0.0.1:8080 INGESTION_AUTHZ=/tmp/authz.yaml jobs-manager serve --kubeconfig edge.yaml
        """;

    protected override ServeOptions Parse(ParseResult result) => new(_cluster.Of(result));

    public override async Task<int> ExecuteAsync(ServeOptions options, CancellationToken token)
    {
        var settings = ServeSettingsReader.Read(_variable);
        var program = _context(settings.LogLevel);
        var cluster = ClusterConnection.Find(options.Cluster.Kubeconfig, options.Cluster.Context, program.Variable);
        await using var server = await ServeProgram.StartAsync(settings, cluster, new Deadlines(), program, token);
        await server.ServeUntilAsync(token);
        return ExitCodes.Done;
    }
}

/// <summary>The options of <c>jobs-manager serve</c>.</summary>
internal sealed record ServeOptions(ClusterOptions Cluster);
