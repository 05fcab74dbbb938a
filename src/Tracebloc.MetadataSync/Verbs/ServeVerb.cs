using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Querying;
using Tracebloc.MetadataSync.Settings;

namespace Tracebloc.MetadataSync.Verbs;

/// <summary><c>metadata-sync serve</c>.</summary>
internal sealed class ServeVerb : Verb<ServeOptions>
{
    private readonly CheckArguments _target = new();
    private readonly ApiArguments _api = new();
    private readonly Func<LogLevel, ProgramContext> _context;

    public ServeVerb(Func<LogLevel, ProgramContext> context)
        : base("serve", "Answers queries in Kubernetes' own shape from MySQL, until SIGTERM; mirrors nothing.")
    {
        _context = context;
        _api.AddTo(this, isNeeded: true);
        _target.AddTo(this);
    }

    public override string Examples =>
        """
          metadata-sync serve --listen-api 127.0.0.1:8080 --allow-loopback
          metadata-sync serve --listen-api [::]:8443 --tls-cert tls.crt --tls-key tls.key
        """;

    protected override ServeOptions Parse(ParseResult result) => new(_target.Of(result), _api.Of(result));

    public override async Task<int> ExecuteAsync(ServeOptions options, CancellationToken token)
    {
        var program = _context(options.Target.LogLevel);
        var settings = SettingsReader.Read(options.Target.Config, program.Variable);
        if (settings.Storage is not StorageGate.Enabled { MySql: var mySql })
            throw new MetadataSyncException(
                MetadataSyncExit.Usage,
                $"{options.Target.Config}: {((StorageGate.Disabled)settings.Storage).Reason}, and there is nothing to "
                + "query; enable metadata storage");
        var cluster = ClusterConnection.Find(
            options.Target.Cluster.Kubeconfig, options.Target.Cluster.Context, program.Variable);
        using var client = new KubernetesClient(cluster, program.Time);
        await using var connection = new MySqlConnection(program);
        var api = new QueryApi(
            new QueryDatabase(connection.FindAsync), client, settings.Kinds, RunProgram.ApiOptionsOf(options.Api),
            program.Time);
        await using var web = await ApiServer.StartAsync(api, options.Api, program, token);
        await Task.WhenAll(ConnectAsync(connection, mySql, token), web.ServeUntilAsync(token));
        return MetadataSyncExit.Done;
    }

    private static async Task ConnectAsync(MySqlConnection connection, MySqlSettings settings, CancellationToken token)
    {
        try
        {
            await connection.ConnectAsync(settings, token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // The server ends, too.
        }
    }
}

/// <summary>The options of <c>metadata-sync serve</c>.</summary>
internal sealed record ServeOptions(CheckTarget Target, ApiOptions Api);
