namespace Tracebloc.Ingestion.Reporting;

/// <summary>The end of a run in numbers, for people and for programs.</summary>
public sealed partial record IngestSummary
{
    /// <summary>The id of the run, which its rows carry.</summary>
    public required string IngestorId { get; init; }

    /// <summary>The key that all attempts of the run share.</summary>
    public required string RunKey { get; init; }

    /// <summary>The table of the rows.</summary>
    public required string Table { get; init; }

    /// <summary>The category.</summary>
    public required string Category { get; init; }

    /// <summary><c>train</c> or <c>test</c>.</summary>
    public required string Intent { get; init; }

    /// <summary>The rows of the source.</summary>
    public required long Found { get; init; }

    /// <summary>The rows in the table.</summary>
    public required long Inserted { get; init; }

    /// <summary>The rows that the backend has accepted; none for a run that registers nothing.</summary>
    public required long Sent { get; init; }

    /// <summary>False where nothing was to be sent.</summary>
    public bool IsRegistered { get; init; } = true;

    /// <summary>The rows that a processor dropped.</summary>
    public long Skipped { get; init; }

    /// <summary>The files in their place.</summary>
    public long Files { get; init; }

    /// <summary>The bins of the label; null without bins.</summary>
    public int? Bins { get; init; }

    /// <summary>The whole run.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The time of placing the files.</summary>
    public TimeSpan FilesElapsed { get; init; }

    /// <summary>Remarks that failed nothing, such as the cells that became NULL.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The rows in the table, of a hundred of the source; 0 for an empty source.</summary>
    public double Rate => Found == 0 ? 0 : 100.0 * Inserted / Found;

    /// <summary>True where rows are missing in the table or at the backend.</summary>
    public bool HasFailures => Inserted + Skipped < Found || (IsRegistered && Sent < Inserted);
}
