namespace Tracebloc.Ingestor.Tables;

/// <summary>The progress of a run as its journal holds it; written after the step that it names.</summary>
internal enum RunPhase
{
    /// <summary>Rows may be in the table, or are being taken back.</summary>
    Loading,

    /// <summary>All rows are in the table, and its index stands.</summary>
    Loaded,

    /// <summary>Files may be in the hidden folder, or in their place.</summary>
    Placing,

    /// <summary>All files are in their place; batches and calls may have been sent.</summary>
    Placed,

    /// <summary>The backend has registered the data set: the run is over.</summary>
    Registered,

    /// <summary>Nothing is left of the run but its journal.</summary>
    Failed,
}
