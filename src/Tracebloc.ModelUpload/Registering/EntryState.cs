namespace Tracebloc.ModelUpload.Registering;

/// <summary>The states of entries as the registry spells them.</summary>
internal static class EntryState
{
    public const string Live = "LIVE";

    /// <summary>Of artifacts: the transfer is under way.</summary>
    public const string Pending = "PENDING";

    /// <summary>Of artifacts: the default.</summary>
    public const string Unknown = "UNKNOWN";

    /// <summary>Of artifacts: left behind by a run that failed or was cancelled.</summary>
    public const string Abandoned = "ABANDONED";

    public const string MarkedForDeletion = "MARKED_FOR_DELETION";

    public const string Deleted = "DELETED";

    /// <summary>Of models and versions.</summary>
    public const string Archived = "ARCHIVED";

    public static bool IsGone(string? state) => state is MarkedForDeletion or Deleted;
}
