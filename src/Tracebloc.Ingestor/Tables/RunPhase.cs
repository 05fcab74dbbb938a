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

    /// <summary>
    /// All files are in their place, or, of a run that replaces a data set, in the hidden folder; batches and calls may
    /// have been sent.
    /// </summary>
    Placed,

    /// <summary>
    /// The backend has registered the data set, which takes the place of the former one: the run is finished from here
    /// on, and never undone.
    /// </summary>
    Swapping,

    /// <summary>The backend has registered the data set: the run is over.</summary>
    Registered,

    /// <summary>The run was over, and a later one has replaced its data set.</summary>
    Replaced,

    /// <summary>Nothing is left of the run but its journal.</summary>
    Failed,
}
