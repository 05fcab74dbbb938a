using System.CommandLine;
using Tracebloc.Cli.Terminal;
using Tracebloc.CommandLine;

namespace Tracebloc.Cli.Verbs;

/// <summary><c>tracebloc version</c>: this program, and the schema that it knows.</summary>
internal sealed class VersionVerb : Verb<VersionOptions>
{
    private readonly ScreenArguments _screen = new();
    private readonly Func<ScreenOptions, Screen> _open;
    private readonly Func<VersionJson> _version;

    public VersionVerb(Func<ScreenOptions, Screen> open, Func<VersionJson> version)
        : base("version", "Prints the version, the commit, the platform, and the versions of the schemas.")
    {
        (_open, _version) = (open, version);
        _screen.AddTo(this);
    }

    public override string Examples =>
        """
          tracebloc version
          tracebloc version --output json
        """;

    protected override VersionOptions Parse(ParseResult result) => new(_screen.Of(result));

    public override Task<int> ExecuteAsync(VersionOptions options, CancellationToken token)
    {
        var (screen, version) = (_open(options.Screen), _version());
        if (!screen.IsJson) screen.Line($"{version}");
        screen.Result(version, VersionContext.Readable.VersionJson);
        return Task.FromResult(version.ExitCode);
    }
}

internal sealed record VersionOptions(ScreenOptions Screen);
