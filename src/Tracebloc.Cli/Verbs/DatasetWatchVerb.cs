using System.CommandLine;
using Tracebloc.Cli.Runs;
using Tracebloc.Cli.Terminal;
using Tracebloc.CommandLine;

namespace Tracebloc.Cli.Verbs;

/// <summary><c>tracebloc dataset watch</c>: follows a run that this or another machine has started.</summary>
internal sealed class DatasetWatchVerb : DatasetVerb
{
    private readonly Argument<string> _run = Run();

    public DatasetWatchVerb(Func<ScreenOptions, Screen> open)
        : base("watch", "Follows a run to its end, with its log; the exit code is that of the run.", open)
    {
        Parsing.RejectOptions(_run);
        Add(_run);
        AddCommon();
    }

    public override string Examples =>
        """
          tracebloc dataset watch cats_dogs_train-0f3a5c7d9b1e2460-1a2b3c4d

        The exit code is 0 where the run has succeeded, and 9 where it has failed. Ctrl-C ends watching alone.
        """;

    protected override DatasetOptions Parse(ParseResult result) =>
        Common(result) with { Run = result.GetRequiredValue(_run) };

    protected override async Task<Ending> RunAsync(
        DatasetOptions options, ReleaseRuns runs, Screen screen, CancellationToken token)
    {
        var first = await FindAsync(runs, options.Run ?? "", token);
        var key = first.IdempotencyKey;
        var run = await new RunFollow(runs, screen).UntilOverAsync(key, first.JobName, first.Namespace, token);
        var (ending, fault) = (RunEnd.Of(run), RunEnd.FaultOf(run, key));
        foreach (var line in RunText.Of(RunSummary.Of(run?.Summary))) screen.Line(line);
        if (fault is not null) screen.Complain(fault);
        screen.Result(
            RunStateJson.Of(ending, first.Namespace, run, fault), DatasetJsonContext.Readable.RunStateJson);
        return ending;
    }
}
