namespace Tracebloc.Ingestor.Sharding;

/// <summary>The state of a part.</summary>
internal enum PartState
{
    /// <summary>Its rows are to be loaded, or are being loaded by the holder of its lock.</summary>
    Open,

    /// <summary>All of its rows are in the table.</summary>
    Loaded,

    /// <summary>Its rows cannot be loaded: the run fails.</summary>
    Failed,
}
