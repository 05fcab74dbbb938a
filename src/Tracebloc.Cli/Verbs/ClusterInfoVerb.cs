using System.CommandLine;
using Tracebloc.Cli.Checks;
using Tracebloc.Cli.Finding;
using Tracebloc.Cli.Terminal;
using Tracebloc.CommandLine;

namespace Tracebloc.Cli.Verbs;

/// <summary><c>tracebloc cluster info</c>: the release, and what a push would use of it.</summary>
internal sealed class ClusterInfoVerb : Verb<ClusterInfoOptions>
{
    private readonly ReleaseArguments _release = new();
    private readonly ScreenArguments _screen = new();
    private readonly Func<ScreenOptions, Screen> _open;

    public ClusterInfoVerb(Func<ScreenOptions, Screen> open)
        : base("info", "Shows the cluster, the release, its versions, the token's expiry and the volume.")
    {
        _open = open;
        _release.AddTo(this);
        _screen.AddTo(this);
    }

    public override string Examples =>
        """
          tracebloc cluster info
          tracebloc cluster info --context edge-7 -n tracebloc --output json

        It asks for a token as a push does, and shows its expiry, never the token.
        """;

    protected override ClusterInfoOptions Parse(ParseResult result) => new(_release.Of(result), _screen.Of(result));

    public override async Task<int> ExecuteAsync(ClusterInfoOptions options, CancellationToken token)
    {
        var screen = _open(options.Screen);
        using var session = ClusterSession.Open(options.Release, screen);
        var info = await ClusterInfoReader.ReadAsync(session, token);
        var ending = Ending.OfFault(info.ExitCode);
        if (!screen.IsJson) screen.Line(ClusterInfoText.Write(info, screen.Time.GetUtcNow()));
        screen.Result(ClusterInfoJson.Of(info, ending), ChecksJson.Readable.ClusterInfoJson);
        return ending.ExitCode;
    }
}

/// <summary>The options of <c>tracebloc cluster info</c>.</summary>
internal sealed record ClusterInfoOptions(ReleaseOptions Release, ScreenOptions Screen);
