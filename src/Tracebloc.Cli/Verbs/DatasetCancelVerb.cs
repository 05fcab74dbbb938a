using System.CommandLine;
using Tracebloc.Cli.Runs;
using Tracebloc.Cli.Terminal;
using Tracebloc.CommandLine;
using Tracebloc.Ingestion.Submitting;

namespace Tracebloc.Cli.Verbs;

/// <summary><c>tracebloc dataset cancel</c>: ends a run and takes back what it has written.</summary>
internal sealed class DatasetCancelVerb : DatasetVerb
{
    private readonly Argument<string> _run = Run();

    public DatasetCancelVerb(Func<ScreenOptions, Screen> open)
        : base("cancel", "Cancels a run; what it has written is taken back.", open)
    {
        Parsing.RejectOptions(_run);
        Add(_run);
        AddCommon();
    }

    public override string Examples =>
        """
          tracebloc dataset cancel cats_dogs_train-0f3a5c7d9b1e2460-1a2b3c4d

        A run that has succeeded cannot be cancelled: "tracebloc dataset delete" removes its data set.
        """;

    protected override DatasetOptions Parse(ParseResult result) =>
        Common(result) with { Run = result.GetRequiredValue(_run) };

    protected override async Task<Ending> RunAsync(
        DatasetOptions options, ReleaseRuns runs, Screen screen, CancellationToken token)
    {
        var key = (await FindAsync(runs, options.Run ?? "", token)).IdempotencyKey;
        var run = await CancelAsync(runs, key, token);
        // Its pod may be quicker: what is registered stays.
        screen.Line($"Run {key} is cancelled; what it has written is taken back, unless it is registered by then: "
            + $"tracebloc dataset status {key}");
        screen.Result(
            RunStateJson.Of(Ending.Succeeded, runs.Release.Namespace, run), DatasetJsonContext.Readable.RunStateJson);
        return Ending.Succeeded;
    }

    private static async Task<RunReport> CancelAsync(ReleaseRuns runs, string key, CancellationToken token)
    {
        try
        {
            return await runs.Client.CancelAsync(key, token);
        }
        catch (SubmittingException fault) when (fault.IsConflict)
        {
            throw new CliException(
                CliExit.Submission,
                $"Run {key} cannot be cancelled: {fault.Message}; tracebloc dataset delete removes a data set",
                fault);
        }
    }
}
