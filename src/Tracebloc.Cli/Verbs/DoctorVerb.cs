using System.CommandLine;
using Tracebloc.Cli.Checks;
using Tracebloc.Cli.Finding;
using Tracebloc.Cli.Terminal;
using Tracebloc.CommandLine;

namespace Tracebloc.Cli.Verbs;

/// <summary><c>tracebloc doctor</c>: checks all that a push needs, with a remedy for each fault.</summary>
internal sealed class DoctorVerb : Verb<DoctorOptions>
{
    private readonly ReleaseArguments _release = new();
    private readonly ScreenArguments _screen = new();
    private readonly Func<ScreenOptions, Screen> _open;

    public DoctorVerb(Func<ScreenOptions, Screen> open)
        : base("doctor", "Checks all that a push needs, and names the remedy for each fault; changes nothing.")
    {
        _open = open;
        _release.AddTo(this);
        _screen.AddTo(this);
    }

    public override string Examples =>
        """
          tracebloc doctor
          tracebloc doctor -n tracebloc --output json

        The exit code is 2 where a check failed, and 3 where the kubeconfig cannot be used; warnings, and checks without
        a result, do not count.
        """;

    protected override DoctorOptions Parse(ParseResult result) => new(_release.Of(result), _screen.Of(result));

    public override async Task<int> ExecuteAsync(DoctorOptions options, CancellationToken token)
    {
        var screen = _open(options.Screen);
        using var session = ClusterSession.Open(options.Release, screen);
        var report = await new Doctor(session).RunAsync(token);
        if (!screen.IsJson) screen.Line(report.ToText());
        screen.Result(report.ToJson(), ChecksJson.Readable.DoctorJson);
        return report.Ending.ExitCode;
    }
}

/// <summary>The options of <c>tracebloc doctor</c>.</summary>
internal sealed record DoctorOptions(ReleaseOptions Release, ScreenOptions Screen);
