namespace Tracebloc.ModelUpload.Registering;

/// <summary>The changes of entries: only the members that change, as the registry keeps absent ones.</summary>
internal static class EntryPatch
{
    /// <summary>The type of model artifacts, which their bodies must name.</summary>
    public const string ArtifactType = "model-artifact";

    /// <summary>A state, and nothing else.</summary>
    public static ReadOnlyMemory<byte> State(EntryKind kind, string state) => JsonBody.Of(writer =>
    {
        if (kind == EntryKind.Artifact)
            writer.WriteString("artifactType", ArtifactType);
        writer.WriteString("state", state);
    });

    /// <summary>The artifact live at its address; its properties only where the digest is another.</summary>
    /// <param name="present">The artifact as it is now.</param>
    /// <param name="model">The model at its destination.</param>
    public static ReadOnlyMemory<byte> Live(RegistryEntry present, PublishedModel model) => JsonBody.Of(writer =>
    {
        writer.WriteString("artifactType", ArtifactType);
        writer.WriteString("uri", model.Uri);
        writer.WriteString("state", EntryState.Live);
        if (!model.IsRecordedIn(present))
            PropertyMap.Write(writer, present.CustomProperties, (PropertyMap.Digest, model.Digest?.ToString()));
    });

    /// <summary>Address and properties of an artifact as they were, in a state.</summary>
    public static ReadOnlyMemory<byte> Restored(RegistryEntry before, string state) => JsonBody.Of(writer =>
    {
        writer.WriteString("artifactType", ArtifactType);
        writer.WriteString("uri", before.Uri ?? "");
        writer.WriteString("state", state);
        PropertyMap.Write(writer, before.CustomProperties);
    });
}
