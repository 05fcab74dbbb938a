using Tracebloc.ModelUpload.Options;

namespace Tracebloc.ModelUpload.Registering;

/// <summary>An artifact as it was before this run.</summary>
internal sealed record ArtifactSnapshot(RegistryEntry Before, FailureState OnFailure)
{
    /// <summary>
    /// The state to return to. PENDING is what an earlier try left that was killed: no transfer is under way any
    /// more, and so it is ABANDONED.
    /// </summary>
    public string State =>
        OnFailure == FailureState.Abandoned || Before.State == EntryState.Pending ? EntryState.Abandoned
        : Before.State ?? EntryState.Unknown;

    /// <summary>
    /// The change that brings the artifact back; null where this run's changes are not in it, because they never
    /// arrived or because others have changed it since.
    /// </summary>
    /// <param name="now">The artifact as it is now.</param>
    /// <param name="tried">The model that this run tried to make live; null for none.</param>
    public ReadOnlyMemory<byte>? ChangeBack(RegistryEntry now, PublishedModel? tried)
    {
        if (now.State == EntryState.Pending)
            return EntryPatch.State(EntryKind.Artifact, State);
        var isLive = tried is not null && now.State == EntryState.Live
            && now.Uri == tried.Uri && tried.IsRecordedIn(now);
        // In a conditional expression, null would be an empty body: arrays convert.
        if (!isLive)
            return null;
        return EntryPatch.Restored(Before, State);
    }
}
