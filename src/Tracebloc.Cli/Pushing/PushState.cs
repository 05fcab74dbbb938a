using Tracebloc.Cli.Runs;
using Tracebloc.Ingestion.Submitting;
using Tracebloc.Net;

namespace Tracebloc.Cli.Pushing;

/// <summary>The state of the table before a push.</summary>
internal sealed record PushState
{
    /// <summary>The run that has loaded exactly this content, and whose data set is there; null: none.</summary>
    public RunReport? Loaded { get; init; }

    /// <summary>The run of exactly this content that is under way; null: none.</summary>
    public RunReport? UnderWay { get; init; }

    /// <summary>The run of the table that is under way, whatever its content; null: none.</summary>
    public RunReport? Active { get; init; }

    /// <summary>The data set that is there; null: none.</summary>
    public DatasetReport? Dataset { get; init; }

    /// <summary>True where a run with the given key exists: its submission is repeated.</summary>
    public bool IsRepetition { get; init; }

    /// <summary>True where no run has loaded this content, and none is loading it.</summary>
    public bool IsNew => Loaded is null && UnderWay is null;

    /// <summary>Reads the state.</summary>
    /// <param name="runs">The release.</param>
    /// <param name="push">The content.</param>
    /// <param name="key">The key that the user has given; null for none.</param>
    /// <param name="token">Gives up.</param>
    /// <exception cref="SubmittingException">jobs-manager rejects the call, or is away.</exception>
    public static async Task<PushState> ReadAsync(
        ReleaseRuns runs, PreparedPush push, string? key, CancellationToken token)
    {
        var all = await runs.Client.RunsAsync(push.Table, token);
        // One data set alone is asked for with its labels, which jobs-manager counts in the table.
        var dataset = (await runs.Client.DatasetsAsync(token)).FirstOrDefault(each => each.Table == push.Table);
        var active = all.FirstOrDefault(run => !run.IsOver);
        if (key is not null)
            return new()
            {
                Dataset = dataset,
                Active = active,
                IsRepetition = all.Any(run => run.IdempotencyKey == key),
            };
        var newest = all.FirstOrDefault(run => run.HasSucceeded && run.DeletedAt is null);
        return new()
        {
            Dataset = dataset,
            Active = active,
            Loaded = dataset is { State: not DatasetReport.Deleting } && newest is not null && IsSame(newest)
                ? newest
                : null,
            UnderWay = all.FirstOrDefault(run => !run.IsOver && IsSame(run)),
        };

        bool IsSame(RunReport run) => RunKey.IsOf(run.IdempotencyKey, push.Table, push.Digest);
    }

    /// <summary>Requires that the push may write the table.</summary>
    /// <exception cref="CliException">There is a data set, which stays as it is, or is to be.</exception>
    public void RequireFree(PushOptions options, PushTarget target)
    {
        if (IsRepetition) return;
        if (Active is { } other && !options.Overwrite)
            throw new CliException(
                CliExit.TableExists,
                $"Table {other.Table} is being loaded in {target.Release}, with other data than this, by run "
                + $"{other.IdempotencyKey}; choose another --table, or follow it: tracebloc dataset watch "
                + other.IdempotencyKey);
        // jobs-manager takes a submission once a deletion has ended.
        if (Dataset is null or { State: DatasetReport.Deleting }) return;
        // Runs that have failed, or were cancelled, have left it: the next one takes back what they wrote.
        if (Dataset.State == DatasetReport.Loading && Active is null) return;
        if (options.Overwrite) target.RequireOverwrite(Dataset.Table);
        else
            throw new CliException(
                CliExit.TableExists,
                $"Table {Dataset.Table} exists in {target.Release}: {RunText.Number(Dataset.Rows)} rows, "
                + $"{Line.Of(Dataset.State)}, other data than this; replace it with --overwrite, choose another "
                + $"--table, or delete it: tracebloc dataset delete {Dataset.Table}");
    }
}
