using System.CommandLine;
using Tracebloc.Cli.Runs;
using Tracebloc.Cli.Terminal;
using Tracebloc.CommandLine;
using Tracebloc.Ingestion.Submitting;
using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Cli.Verbs;

/// <summary><c>tracebloc dataset delete</c>: removes the rows, the files and the records of a data set.</summary>
internal sealed class DatasetDeleteVerb : DatasetVerb
{
    private readonly Argument<string> _table = Table();
    private readonly Option<bool> _yes = new("--yes", "-y")
    {
        Description = "Delete without being asked. Default: off. Example: --yes",
    };

    private readonly Option<bool> _dryRun = CommonOptions.DryRun();

    public DatasetDeleteVerb(Func<ScreenOptions, Screen> open)
        : base("delete", "Deletes a data set: its rows, its files and its records; asks first.", open)
    {
        Parsing.RejectOptions(_table);
        Add(_table);
        Add(_yes, _dryRun);
        AddCommon(asks: true);
    }

    public override string Examples =>
        """
          tracebloc dataset delete cats_dogs_train --dry-run
          tracebloc dataset delete cats_dogs_train --yes

        The central backend keeps what was registered there. The exit code is 5 where there is no such data set.
        """;

    protected override DatasetOptions Parse(ParseResult result) => Common(result) with
    {
        Table = result.GetRequiredValue(_table),
        Yes = result.GetValue(_yes),
        DryRun = result.GetValue(_dryRun),
    };

    protected override async Task<Ending> RunAsync(
        DatasetOptions options, ReleaseRuns runs, Screen screen, CancellationToken token)
    {
        var loss = await LossAsync(runs, options.Table ?? "", token);
        var files = loss.Files > 0 ? $", {ValidationText.Counted(loss.Files, "file")}" : "";
        screen.Line($"Data set {loss.Table} in {runs.Release}: {ValidationText.Counted(loss.Rows, "row")}{files}, "
            + $"{HumanSize.Of(loss.Bytes)}, {ValidationText.Counted(loss.Runs, "run")}");
        if (options.DryRun) return End(Ending.DryRun, "Nothing was deleted: a dry run");
        if (!options.Yes && !screen.CanAsk)
            throw new CliException(
                CliExit.Local, $"Deleting {loss.Table} needs a confirmation, and no one can be asked; give --yes");
        if (!options.Yes
            && await screen.Prompt.ConfirmAsync($"Delete {loss.Table}", fallback: false, token) is not true)
            return End(Ending.Cancelled, "Nothing was deleted.");
        if (await DeleteAsync(runs, loss.Table, token) is not { } deletion)
            return End(Ending.Succeeded, $"Data set {loss.Table} is deleted");
        var fault = await new DatasetDeletionWatch(runs, screen).UntilGoneAsync(deletion, token);
        return fault is null
            ? End(Ending.Succeeded, $"Data set {loss.Table} is deleted", deletion.JobName)
            : End(Ending.OfFault(CliExit.Staging), fault, deletion.JobName);

        Ending End(Ending ending, string text, string? job = null)
        {
            var isFault = ending.ExitCode != CliExit.Done;
            if (isFault) screen.Complain(text);
            else screen.Line(text);
            var json = new DatasetDeleteJson(ending.Status, ending.ExitCode, runs.Release.Namespace, loss.Table)
            {
                Error = isFault ? text : null,
                JobName = job,
                Rows = loss.Rows,
                Bytes = loss.Bytes,
                Files = loss.Files,
                Runs = loss.Runs,
            };
            screen.Result(json, DatasetJsonContext.Readable.DatasetDeleteJson);
            return ending;
        }
    }

    private static async Task<DatasetLoss> LossAsync(ReleaseRuns runs, string table, CancellationToken token)
    {
        try
        {
            return await runs.Client.TryDeleteAsync(table, token);
        }
        catch (SubmittingException fault) when (fault.IsNotFound)
        {
            throw await AbsentDataset.FaultAsync(runs, table, token);
        }
        catch (SubmittingException fault) when (fault.IsConflict)
        {
            throw NotNow(table, fault);
        }
    }

    /// <returns>Null where it is gone: the answer to an earlier attempt was lost.</returns>
    private static async Task<DatasetDeletion?> DeleteAsync(ReleaseRuns runs, string table, CancellationToken token)
    {
        try
        {
            return await runs.Client.DeleteAsync(table, token);
        }
        catch (SubmittingException fault) when (fault.IsNotFound)
        {
            return null;
        }
        catch (SubmittingException fault) when (fault.IsConflict)
        {
            throw NotNow(table, fault);
        }
    }

    private static CliException NotNow(string table, SubmittingException fault) =>
        new(CliExit.Staging, $"Data set {table} cannot be deleted now: {fault.Message}", fault);
}
