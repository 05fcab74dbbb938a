namespace Tracebloc.Ingestor.Sharding;

/// <summary>The state of a slice.</summary>
internal enum SliceState
{
    /// <summary>Its rows are to be validated, or are being validated by the holder of its lock.</summary>
    Open,

    /// <summary>Its rows were validated, and the journal has the findings.</summary>
    Done,

    /// <summary>Its rows cannot be read: the run fails.</summary>
    Failed,
}
