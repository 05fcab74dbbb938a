namespace Tracebloc.JobsManager.Datasets;

/// <summary>A run as the ingestor's journal holds it, with the members that matter here.</summary>
internal sealed record JournalRun
{
    public required string Key { get; init; }

    /// <summary><c>train</c> or <c>test</c>.</summary>
    public required string Intent { get; init; }

    /// <summary>The ingestor's word for its progress.</summary>
    public required string Phase { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The last change: the end of a run that is over.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The rows in the table; null before they are counted.</summary>
    public long? Rows { get; init; }

    /// <summary>The category by the summary; null before the run has registered its data set.</summary>
    public string? Category { get; init; }

    /// <summary>The files by the summary.</summary>
    public long Files { get; init; }

    /// <summary>The data set of the run is registered.</summary>
    public bool IsRegistered => Phase == "registered";

    /// <summary>The data set of the run was registered, and a later run has replaced it.</summary>
    public bool IsReplaced => Phase == "replaced";
}

/// <summary>A data set as its database holds it.</summary>
/// <param name="Table">The table.</param>
/// <param name="Bytes">The size of the table and of its indexes; null where the table is gone.</param>
/// <param name="Runs">Its runs, the oldest first.</param>
internal sealed record StoredDataset(string Table, long? Bytes, IReadOnlyList<JournalRun> Runs);
