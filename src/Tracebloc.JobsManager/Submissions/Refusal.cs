namespace Tracebloc.JobsManager.Submissions;

/// <summary>The reason for which a call changes nothing.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Detail">The fault and the remedy, for the caller.</param>
internal sealed record Refusal(RefusalKind Kind, string Detail);

/// <summary>The kinds of refusals, by what the caller can do.</summary>
internal enum RefusalKind
{
    /// <summary>The request has not the right form.</summary>
    Malformed,

    /// <summary>The caller may not write the table.</summary>
    Forbidden,

    /// <summary>There is no such run, or none that the caller may see.</summary>
    Unknown,

    /// <summary>The key belongs to another run, or the run is not in the right state.</summary>
    Conflict,

    /// <summary>The same call may succeed later.</summary>
    Unavailable,
}
