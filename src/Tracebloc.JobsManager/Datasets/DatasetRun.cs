using Tracebloc.JobsManager.Runs;

namespace Tracebloc.JobsManager.Datasets;

/// <summary>A run of a data set, from the run table or, where it was purged or never there, from the journal.</summary>
internal sealed record DatasetRun
{
    public required string Key { get; init; }

    /// <summary>The word of a <see cref="RunState"/>.</summary>
    public required string State { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The rows in the table; null before they are counted.</summary>
    public long? Rows { get; init; }

    /// <summary>Each run once, the newest first.</summary>
    public static IReadOnlyList<DatasetRun> Of(
        IReadOnlyList<IngestionRun> known, IReadOnlyList<JournalRun> journal)
    {
        var loaded = journal.ToDictionary(run => run.Key);
        return
        [
            .. known.Select(run => Of(run, loaded.GetValueOrDefault(run.Key.Text)))
                .Concat(journal.ExceptBy(known.Select(run => run.Key.Text), run => run.Key).Select(Of))
                .OrderByDescending(run => run.AcceptedAt)
                .ThenBy(run => run.Key, StringComparer.Ordinal),
        ];
    }

    private static DatasetRun Of(IngestionRun run, JournalRun? loaded) => new()
    {
        Key = run.Key.Text,
        State = RunRow.Word(run.State),
        AcceptedAt = run.AcceptedAt,
        StartedAt = run.StartedAt,
        EndedAt = run.EndedAt,
        Rows = loaded?.Rows,
    };

    private static DatasetRun Of(JournalRun run)
    {
        var state = run.IsRegistered || run.IsReplaced ? RunState.Succeeded
            : run.Phase == "failed" ? RunState.Failed
            : RunState.Running;
        return new()
        {
            Key = run.Key,
            State = RunRow.Word(state),
            AcceptedAt = run.StartedAt,
            StartedAt = run.StartedAt,
            EndedAt = state == RunState.Running ? null : run.ChangedAt,
            Rows = run.Rows,
        };
    }
}
