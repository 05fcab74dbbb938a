namespace Tracebloc.Ingestor.Tables;

/// <summary>A run as its journal holds it.</summary>
internal sealed record RunRecord
{
    /// <summary>The key that all attempts of a Job share.</summary>
    public required string Key { get; init; }

    public required string Table { get; init; }

    /// <summary><c>train</c> or <c>test</c>.</summary>
    public required string Intent { get; init; }

    /// <summary>The id of the run in its rows and at the backend, in 36 characters.</summary>
    public required string IngestorId { get; init; }

    /// <summary>SHA-256 of the specification, in hexadecimal digits.</summary>
    public required string SpecDigest { get; init; }

    /// <summary>The state of the source when it was loaded.</summary>
    public required string SourceMark { get; init; }

    public RunPhase Phase { get; init; }

    /// <summary>
    /// True for a run under way that replaces the data set of its table: it loads beside the table, until the backend
    /// has registered it.
    /// </summary>
    public bool Replaces { get; init; }

    /// <summary>The table that the run loads: its own, or the one beside it.</summary>
    public string LoadedTable => Replaces ? ReplacementNames.Shadow(Table, Key) : Table;

    /// <summary>The id of the first row; rows of the run have consecutive ids.</summary>
    public long FirstId { get; init; }

    /// <summary>The id of the last row; null before phase <see cref="RunPhase.Loaded"/>.</summary>
    public long? LastId { get; init; }

    /// <summary>The number of rows; null before phase <see cref="RunPhase.Loaded"/>.</summary>
    public long? Rows { get; init; }

    /// <summary>The batches of earlier attempts that the backend may have.</summary>
    public int Arrived { get; init; }

    /// <summary>The batches that the backend has accepted.</summary>
    public int Batches { get; init; }

    /// <summary>The batch that was being sent, counted from 0; null for none.</summary>
    public int? OpenBatch { get; init; }

    /// <summary>The calls after the batches that have succeeded.</summary>
    public int Calls { get; init; }

    /// <summary>The folder of the run's files; null for none.</summary>
    public string? Folder { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The reason of phase <see cref="RunPhase.Failed"/>.</summary>
    public string? Error { get; init; }

    /// <summary>
    /// The summary of the phases <see cref="RunPhase.Swapping"/> and <see cref="RunPhase.Registered"/>, as JSON; from
    /// phase <see cref="RunPhase.Loaded"/> on, the remarks for it as <see cref="JournalText"/>.
    /// </summary>
    public string? Summary { get; init; }

    /// <summary>True once the run is over, in either way: it has nothing to undo.</summary>
    public bool IsOver => Phase is RunPhase.Registered or RunPhase.Replaced or RunPhase.Failed;

    /// <summary>True where the backend has registered the data set: nothing of it is undone.</summary>
    public bool IsRegistered => Phase is RunPhase.Swapping or RunPhase.Registered or RunPhase.Replaced;

    /// <summary>
    /// True where the next call, or the one after it, registers the data set: a lost answer leaves open whether it has.
    /// </summary>
    public bool MayBeRegistered => !IsOver && Calls >= 2;

    /// <summary>The batches that the backend may have: it may answer that it has them.</summary>
    public int MayHaveArrived => Math.Max(Arrived, Math.Max(Batches, OpenBatch + 1 ?? 0));
}
