namespace Tracebloc.Ingestion.Submitting;

/// <summary>A data set as jobs-manager reports it.</summary>
public sealed record DatasetReport
{
    /// <summary>The state of a data set that a run is loading, or that none has registered.</summary>
    public const string Loading = "loading";

    /// <summary>The state of a data set that is being deleted.</summary>
    public const string Deleting = "deleting";

    /// <summary>The table.</summary>
    public required string Table { get; init; }

    /// <summary>The category; null where no run has it.</summary>
    public string? Category { get; init; }

    /// <summary>The use of the rows; null where no run has it.</summary>
    public string? Intent { get; init; }

    /// <summary><c>loading</c>, <c>ready</c> or <c>deleting</c>.</summary>
    public required string State { get; init; }

    /// <summary>The rows that its runs have loaded.</summary>
    public long Rows { get; init; }

    /// <summary>The bytes of the table and its indexes.</summary>
    public long Bytes { get; init; }

    /// <summary>The files that its runs have loaded.</summary>
    public long Files { get; init; }

    /// <summary>The time of its first run; null where it is unknown.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The newest run; null where none is known.</summary>
    public DatasetRun? LastRun { get; init; }

    /// <summary>The reason for which it could not be deleted; null for none.</summary>
    public string? Error { get; init; }

    /// <summary>The columns; null in a list.</summary>
    public IReadOnlyList<DatasetColumn>? Columns { get; init; }

    /// <summary>The rows of each label; null where they are no classes, or too many to count.</summary>
    public IReadOnlyList<DatasetLabel>? Labels { get; init; }

    /// <summary>True where there are more labels than those.</summary>
    public bool? MoreLabels { get; init; }

    /// <summary>The runs, the newest first; null in a list.</summary>
    public IReadOnlyList<DatasetRun>? Runs { get; init; }
}

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type in the database.</param>
public sealed record DatasetColumn(string Name, string Type);

/// <summary>The rows of one label.</summary>
/// <param name="Label">The label; null for rows without one.</param>
/// <param name="Count">The rows.</param>
public sealed record DatasetLabel(string? Label, long Count);

/// <summary>A run of a data set.</summary>
public sealed record DatasetRun
{
    /// <summary>The key.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The state of the run.</summary>
    public required string State { get; init; }

    /// <summary>The time at which jobs-manager took it.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>The time at which its first pod started; null before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The time of its end; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The rows that it has loaded; null where that is unknown.</summary>
    public long? Rows { get; init; }
}

/// <summary>A deletion that was started.</summary>
/// <param name="JobName">The Job that deletes.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Table">The table.</param>
public sealed record DatasetDeletion(string JobName, string Namespace, string Table);

/// <summary>The loss by a deletion.</summary>
/// <param name="Table">The table.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Bytes">The bytes of the table.</param>
/// <param name="Files">The files.</param>
/// <param name="Runs">The runs whose records go with it.</param>
public sealed record DatasetLoss(string Table, long Rows, long Bytes, long Files, int Runs);
