using System.CommandLine;
using Tracebloc.Cli.Finding;
using Tracebloc.Cli.Runs;
using Tracebloc.Cli.Terminal;
using Tracebloc.CommandLine;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Submitting;

namespace Tracebloc.Cli.Verbs;

/// <summary>A verb below <c>dataset</c> that asks jobs-manager of the release.</summary>
internal abstract class DatasetVerb : Verb<DatasetOptions>
{
    private readonly ReleaseArguments _release = new();
    private readonly ScreenArguments _screen = new();
    private readonly Func<ScreenOptions, Screen> _open;

    protected DatasetVerb(string name, string about, Func<ScreenOptions, Screen> open)
        : base(name, about) => _open = open;

    /// <summary>An argument that names a table.</summary>
    protected static Argument<string> Table() => new("TABLE")
    {
        Description = "The table of the data set.",
        CustomParser = result => TableName.Fault(Parsing.Value(result)) is { } fault
            ? Parsing.Reject<string>(result, $"\"{Parsing.Value(result)}\" {fault}.")
            : Parsing.Value(result),
    };

    /// <summary>An argument that names a run.</summary>
    protected static Argument<string> Run() => new("RUN")
    {
        Description = "The key of the run, as push shows it.",
        CustomParser = result => result.Tokens is [] ? null
            : SubmissionRules.IsKey(Parsing.Value(result)) ? Parsing.Value(result)
            : Parsing.Reject<string>(
                result, $"\"{Parsing.Value(result)}\" is no key of a run; dataset status lists them."),
    };

    /// <summary>Adds the options that all of them have.</summary>
    protected void AddCommon(bool asks = false)
    {
        _release.AddTo(this);
        _screen.AddTo(this, asks);
    }

    protected DatasetOptions Common(ParseResult result) => new(_release.Of(result), _screen.Of(result));

    public override async Task<int> ExecuteAsync(DatasetOptions options, CancellationToken token)
    {
        var screen = _open(options.Screen);
        using var runs = await ReleaseRuns.OpenAsync(options.Release, options.Table, screen, token);
        try
        {
            return (await RunAsync(options, runs, screen, token)).ExitCode;
        }
        catch (Interruption signal)
        {
            screen.Note(signal.Message);
            throw;
        }
    }

    /// <returns>The end, which was written already.</returns>
    protected abstract Task<Ending> RunAsync(
        DatasetOptions options, ReleaseRuns runs, Screen screen, CancellationToken token);

    /// <summary>Reads a run.</summary>
    /// <exception cref="CliException">There is none.</exception>
    protected static async Task<RunReport> FindAsync(ReleaseRuns runs, string key, CancellationToken token)
    {
        try
        {
            return await runs.Client.FindAsync(key, token);
        }
        catch (SubmittingException fault) when (fault.IsNotFound)
        {
            throw new CliException(
                CliExit.Submission,
                $"Run {key} is unknown in {runs.Release}; tracebloc dataset status lists runs",
                fault);
        }
    }
}

/// <summary>The options of the verbs below <c>dataset</c>.</summary>
internal sealed record DatasetOptions(ReleaseOptions Release, ScreenOptions Screen)
{
    public string? Table { get; init; }

    public string? Run { get; init; }

    /// <summary>Nothing is asked.</summary>
    public bool Yes { get; init; }

    public bool DryRun { get; init; }
}
