using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.Ingestor.Settings;

namespace Tracebloc.Ingestor.Verbs;

/// <summary>
/// <c>ingestor submit</c>: the hook of the ingestor's chart, and the same for people. The reason of a failure is the
/// container's termination message.
/// </summary>
internal sealed class SubmitVerb : Verb<SubmitOptions>
{
    private readonly Argument<string> _file = new("FILE") { Description = "The specification: ingest.yaml." };
    private readonly Option<Uri?> _to = SubmitArguments.To();
    private readonly Option<string> _token = SubmitArguments.TokenFile();
    private readonly Option<string?> _key = SubmitArguments.Key();
    private readonly Option<string?> _map = SubmitArguments.ConfigMap();
    private readonly Option<string?> _digest = SubmitArguments.ImageDigest();
    private readonly Option<int?> _pods = SubmitArguments.Parallelism();
    private readonly Option<TimeSpan?> _timeout = SubmitArguments.Timeout();
    private readonly Option<bool> _wait = SubmitArguments.Wait();
    private readonly Option<TimeSpan?> _waitTimeout = SubmitArguments.WaitTimeout();
    private readonly Option<string?> _namespace = SubmitArguments.Namespace();
    private readonly Option<OutputFormat?> _output = CommonOptions.Output();
    private readonly Option<LogLevel?> _level = CommonOptions.Level();
    private readonly ClusterArguments _cluster = new();
    private readonly Func<LogLevel, ProgramContext> _context;

    public SubmitVerb(Func<LogLevel, ProgramContext> context)
        : base("submit", "Validates a specification and submits it to jobs-manager, which runs it in a Job.")
    {
        _context = context;
        Parsing.RejectOptions(_file);
        Add(_file);
        Add(_to, _token, _key, _map, _digest, _pods, _timeout, _wait, _waitTimeout, _namespace, _output);
        _cluster.AddTo(this);
        Add(_level);
        Require(given =>
        {
            if (given.GetResult(_key) is not null && given.GetResult(_map) is not null)
                given.AddError("--key and --config-map exclude each other; give one of them.");
            if (given.GetResult(_waitTimeout) is not null && given.GetResult(_wait) is null)
                given.AddError("--wait-timeout has a meaning with --wait only; give both.");
        });
    }

    public override string Examples =>
        """
          ingestor submit ingest.yaml --config-map my-dataset --token-file /var/run/secrets/tracebloc/token
          ingestor submit ingest.yaml --to http://127.0.0.1:8080 --token-file token --wait
        """;

    protected override SubmitOptions Parse(ParseResult result) => new()
    {
        File = result.GetRequiredValue(_file),
        To = result.GetValue(_to),
        TokenFile = result.GetValue(_token),
        Key = result.GetValue(_key),
        ConfigMap = result.GetValue(_map),
        ImageDigest = result.GetValue(_digest),
        Parallelism = result.GetValue(_pods),
        Timeout = result.GetValue(_timeout) ?? SubmitOptions.DefaultTimeout,
        Wait = result.GetValue(_wait) ? result.GetValue(_waitTimeout) ?? SubmitOptions.DefaultWait : null,
        Namespace = result.GetValue(_namespace),
        Cluster = _cluster.Of(result),
        Output = result.GetValue(_output) ?? default,
        LogLevel = result.GetValue(_level) ?? LogLevel.Information,
    };

    public override async Task<int> ExecuteAsync(SubmitOptions options, CancellationToken token)
    {
        var program = _context(options.LogLevel);
        var session = new SubmitSession(options, program);
        try
        {
            await session.RunAsync(token);
            return IngestorExit.Done;
        }
        catch (Exception fault)
        {
            var message = new TerminationMessage(EnvironmentSettings.TerminationLog(program.Variable));
            message.Write(string.Join('\n', Ending.LinesOf(fault)), program.Logger);
            session.Fail(fault);
            if (!Ending.IsForeseen(fault)) throw;
            return Ending.Report(program.Logger, fault);
        }
        finally
        {
            if (options.Output == OutputFormat.Json) program.Out.Write(session.Result.Write());
        }
    }
}
