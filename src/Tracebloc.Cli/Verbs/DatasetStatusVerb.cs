using System.CommandLine;
using Tracebloc.Cli.Runs;
using Tracebloc.Cli.Terminal;
using Tracebloc.CommandLine;

namespace Tracebloc.Cli.Verbs;

/// <summary><c>tracebloc dataset status</c>: the state of a run, or of the newest ones.</summary>
internal sealed class DatasetStatusVerb : DatasetVerb
{
    private const int MostShown = 20;

    private readonly Argument<string> _run = Run();

    public DatasetStatusVerb(Func<ScreenOptions, Screen> open)
        : base("status", "Shows the state of a run; without one the newest runs of all tables.", open)
    {
        _run.Arity = ArgumentArity.ZeroOrOne;
        Parsing.RejectOptions(_run);
        Add(_run);
        AddCommon();
    }

    public override string Examples =>
        """
          tracebloc dataset status
          tracebloc dataset status cats_dogs_train-0f3a5c7d9b1e2460-1a2b3c4d

        The exit code is 0 whatever the state is; that of "tracebloc dataset watch" follows it.
        """;

    protected override DatasetOptions Parse(ParseResult result) =>
        Common(result) with { Run = result.GetValue(_run) };

    protected override async Task<Ending> RunAsync(
        DatasetOptions options, ReleaseRuns runs, Screen screen, CancellationToken token)
    {
        if (options.Run is { } key) await ShowAsync(key, runs, screen, token);
        else await ListAsync(runs, screen, token);
        return Ending.Succeeded;
    }

    private static async Task ShowAsync(string key, ReleaseRuns runs, Screen screen, CancellationToken token)
    {
        var run = await FindAsync(runs, key, token);
        if (!screen.IsJson)
            foreach (var line in RunText.Of(run)) screen.Line(line);
        screen.Result(
            RunStateJson.Of(Ending.Succeeded, runs.Release.Namespace, run), DatasetJsonContext.Readable.RunStateJson);
    }

    private static async Task ListAsync(ReleaseRuns runs, Screen screen, CancellationToken token)
    {
        var all = await runs.Client.RunsAsync(null, token);
        screen.Result(
            new(Ending.Succeeded.Status, Ending.Succeeded.ExitCode, runs.Release.Namespace, all),
            DatasetJsonContext.Readable.RunListJson);
        if (screen.IsJson) return;
        if (all.Count == 0) screen.Line($"No run in {runs.Release}");
        var table = new TextTable("RUN", "TABLE", "STATE", "ACCEPTED", "ENDED");
        foreach (var run in all.Take(MostShown))
            table.Add(
                run.IdempotencyKey, run.Table, run.State, RunText.Time(run.AcceptedAt), RunText.Time(run.EndedAt));
        if (all.Count > 0)
            foreach (var line in table.Lines()) screen.Line(line);
        if (all.Count > MostShown) screen.Line($"and {all.Count - MostShown} more; --output json has all");
    }
}
