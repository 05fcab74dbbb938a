using Tracebloc.JobsManager.Runs;

namespace Tracebloc.JobsManager.Datasets;

/// <summary>A data set: what its database, the run table and the deletions know about it.</summary>
internal sealed record Dataset
{
    public required string Table { get; init; }

    /// <summary>Null before a run has registered one, and no run of the run table is left.</summary>
    public string? Category { get; init; }

    public string? Intent { get; init; }

    public required DatasetState State { get; init; }

    /// <summary>The rows that its runs have loaded.</summary>
    public long Rows { get; init; }

    public long Bytes { get; init; }

    public long Files { get; init; }

    /// <summary>The start of its first run; null before one has registered it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<DatasetRun> Runs { get; init; } = [];

    /// <summary>The reason for which it could not be deleted, or is not yet; null for none.</summary>
    public string? Error { get; init; }

    /// <summary>The parts put together.</summary>
    /// <param name="table">The table.</param>
    /// <param name="stored">Its database; null where the journal knows nothing about it.</param>
    /// <param name="known">Its runs in the run table, the newest first.</param>
    /// <param name="deletion">Its last deletion; null for none.</param>
    /// <returns>Null where there is no such data set.</returns>
    public static Dataset? Of(
        string table, StoredDataset? stored, IReadOnlyList<IngestionRun> known, DatasetDeletion? deletion)
    {
        var isWanted = deletion?.State == DeletionState.Wanted;
        // What a deletion has left, without a table too, can be deleted again.
        var isLeft = stored is not null && (stored.Bytes is not null || deletion?.State == DeletionState.Failed);
        if (!isWanted && !isLeft) return null;
        var journal = stored?.Runs ?? [];
        var registered = journal.Where(run => run.IsRegistered).ToList();
        var present = known.Where(run => run.DeletedAt is null).ToList();
        var (last, newest) = (registered.LastOrDefault(), present.FirstOrDefault());
        return new Dataset
        {
            Table = table,
            Category = last?.Category ?? newest?.Request.Category,
            Intent = last?.Intent ?? newest?.Request.Intent,
            State = isWanted ? DatasetState.Deleting
                : registered.Count == 0 || present.Exists(run => !run.IsOver) ? DatasetState.Loading
                : DatasetState.Ready,
            Rows = registered.Sum(run => run.Rows ?? 0),
            Bytes = stored?.Bytes ?? 0,
            Files = registered.Sum(run => run.Files),
            CreatedAt = registered.FirstOrDefault()?.StartedAt,
            Runs = DatasetRun.Of(present, journal),
            Error = isWanted || !(newest?.AcceptedAt > deletion?.RequestedAt) ? deletion?.Error : null,
        };
    }
}

/// <summary>The state of a data set.</summary>
internal enum DatasetState
{
    /// <summary>A run of it is under way, or none has registered it yet.</summary>
    Loading,

    Ready,

    /// <summary>Its Job runs, or is about to be made.</summary>
    Deleting,
}
