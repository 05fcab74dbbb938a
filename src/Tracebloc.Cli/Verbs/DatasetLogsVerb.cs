using System.CommandLine;
using Tracebloc.Cli.Runs;
using Tracebloc.Cli.Terminal;
using Tracebloc.CommandLine;

namespace Tracebloc.Cli.Verbs;

/// <summary><c>tracebloc dataset logs</c>: the log of a run's pods.</summary>
internal sealed class DatasetLogsVerb : DatasetVerb
{
    private readonly Argument<string> _run = Run();

    public DatasetLogsVerb(Func<ScreenOptions, Screen> open)
        : base("logs", "Prints the log of a run to its end, also while it runs.", open)
    {
        Parsing.RejectOptions(_run);
        Add(_run);
        AddCommon();
    }

    public override string Examples =>
        """
          tracebloc dataset logs cats_dogs_train-0f3a5c7d9b1e2460-1a2b3c4d
        """;

    protected override DatasetOptions Parse(ParseResult result) =>
        Common(result) with { Run = result.GetRequiredValue(_run) };

    protected override async Task<Ending> RunAsync(
        DatasetOptions options, ReleaseRuns runs, Screen screen, CancellationToken token)
    {
        var run = await FindAsync(runs, options.Run ?? "", token);
        var lines = new List<string>();
        var log = new RunLog(runs.Session, run.Namespace, run.JobName);
        if (!await log.ReadAsync(line => Take(line, lines, screen), token))
            throw new CliException(CliExit.Run, NoLog(run.IdempotencyKey, run.IsOver));
        screen.Result(
            new(Ending.Succeeded.Status, Ending.Succeeded.ExitCode, run.Namespace, run.IdempotencyKey, lines),
            DatasetJsonContext.Readable.RunLogJson);
        return Ending.Succeeded;
    }

    private static void Take(string line, List<string> lines, Screen screen)
    {
        if (screen.IsJson) lines.Add(line);
        else screen.Line(line);
    }

    private static string NoLog(string key, bool isOver) => isOver
        ? $"Run {key} has no log any more: its pods are gone; tracebloc dataset status {key} has its summary"
        : $"Run {key} has no log yet: no pod has started; tracebloc dataset watch {key} waits for it";
}
