namespace Tracebloc.ModelUpload.Options;

/// <summary>The state of an artifact after a run that failed.</summary>
internal enum FailureState
{
    /// <summary>The state from before.</summary>
    Restored,

    Abandoned,
}
