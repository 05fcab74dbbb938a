namespace Tracebloc.ModelUpload.Registering;

/// <summary>The entries that earlier tries of this run have created; null for those that they have not.</summary>
internal sealed record CreatedEntries(RegistryEntry? Model, RegistryEntry? Version, RegistryEntry? Artifact)
{
    public static CreatedEntries None { get; } = new(null, null, null);

    public bool IsEmpty => this == None;

    /// <summary>True where an earlier try has succeeded.</summary>
    public bool IsComplete => Artifact?.State == EntryState.Live;
}
