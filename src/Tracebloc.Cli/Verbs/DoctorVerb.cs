using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.Cli.Checks;
using Tracebloc.Cli.Finding;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;

namespace Tracebloc.Cli.Verbs;

/// <summary><c>tracebloc doctor</c>: checks all that a push needs, with a remedy for each fault.</summary>
internal sealed class DoctorVerb : Verb<DoctorOptions>
{
    private readonly ReleaseArguments _release = new();
    private readonly Option<OutputFormat?> _output = CommonOptions.Output();
    private readonly Func<LogLevel, ProgramContext> _open;

    public DoctorVerb(Func<LogLevel, ProgramContext> open)
        : base("doctor", "Checks all that a push needs, and names the remedy for each fault; changes nothing.")
    {
        _open = open;
        _release.AddTo(this);
        Add(_output);
    }

    public override string Examples =>
        """
          tracebloc doctor
          tracebloc doctor -n tracebloc --output json

        The exit code is 2 where a check failed, and 3 where the kubeconfig cannot be used; warnings, and checks without
        a result, do not count.
        """;

    protected override DoctorOptions Parse(ParseResult result) => new()
    {
        Release = _release.Of(result),
        Output = result.GetValue(_output) ?? default,
    };

    public override async Task<int> ExecuteAsync(DoctorOptions options, CancellationToken token)
    {
        var context = _open(LogLevel.Warning);
        using var session = ClusterSession.Open(options.Release, context);
        var report = await new Doctor(session).RunAsync(token);
        context.Out.Write(options.Output == OutputFormat.Json
            ? report.ToJson(report.ExitCode == CliExit.Done ? "succeeded" : "failed")
            : report.ToText());
        return report.ExitCode;
    }
}

/// <summary>The options of <c>tracebloc doctor</c>.</summary>
internal sealed record DoctorOptions
{
    public required ReleaseOptions Release { get; init; }

    public OutputFormat Output { get; init; }
}
