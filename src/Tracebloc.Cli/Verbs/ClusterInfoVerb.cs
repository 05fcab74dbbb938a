using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.Cli.Checks;
using Tracebloc.Cli.Finding;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;

namespace Tracebloc.Cli.Verbs;

/// <summary><c>tracebloc cluster info</c>: the release, and what a push would use of it.</summary>
internal sealed class ClusterInfoVerb : Verb<ClusterInfoOptions>
{
    private readonly ReleaseArguments _release = new();
    private readonly Option<OutputFormat?> _output = CommonOptions.Output();
    private readonly Func<LogLevel, ProgramContext> _open;

    public ClusterInfoVerb(Func<LogLevel, ProgramContext> open)
        : base("info", "Shows the cluster, the release, its versions, the token's expiry and the volume.")
    {
        _open = open;
        _release.AddTo(this);
        Add(_output);
    }

    public override string Examples =>
        """
          tracebloc cluster info
          tracebloc cluster info --context edge-7 -n tracebloc --output json

        It asks for a token as a push does, and shows its expiry, never the token.
        """;

    protected override ClusterInfoOptions Parse(ParseResult result) => new()
    {
        Release = _release.Of(result),
        Output = result.GetValue(_output) ?? default,
    };

    public override async Task<int> ExecuteAsync(ClusterInfoOptions options, CancellationToken token)
    {
        var context = _open(LogLevel.Warning);
        using var session = ClusterSession.Open(options.Release, context);
        var info = await ClusterInfoReader.ReadAsync(session, token);
        context.Out.Write(options.Output == OutputFormat.Json
            ? ClusterInfoJson.Write(info, info.ExitCode == CliExit.Done ? "succeeded" : "error")
            : ClusterInfoText.Write(info, context.Time.GetUtcNow()));
        return info.ExitCode;
    }
}

/// <summary>The options of <c>tracebloc cluster info</c>.</summary>
internal sealed record ClusterInfoOptions
{
    public required ReleaseOptions Release { get; init; }

    public OutputFormat Output { get; init; }
}
