using System.Text.Json;
using Tracebloc.ModelUpload.Metadata;

namespace Tracebloc.ModelUpload.Registering;

/// <summary>An entry to create.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name, unique below the parent.</param>
/// <param name="ParentId">Its parent; null for a model.</param>
/// <param name="Body">The body of the request.</param>
internal sealed record NewEntry(EntryKind Kind, string Name, string? ParentId, ReadOnlyMemory<byte> Body)
{
    private const string TransferJob = "transfer_job";

    /// <summary>The path of the call that creates it.</summary>
    public string Path =>
        Kind == EntryKind.Artifact ? $"{EntryKind.Version.Of(ParentId ?? "")}/artifacts" : Kind.Collection;

    public static NewEntry Model(RegisteredModelMetadata model, RunIdentity run)
    {
        var name = model.Name ?? "";
        return new NewEntry(EntryKind.Model, name, null, JsonBody.Of(writer =>
        {
            writer.WriteString("name", name);
            writer.WriteIfGiven("owner", model.Owner);
            writer.WriteIfGiven("description", model.Description);
            writer.WriteString("state", EntryState.Live);
            PropertyMap.Write(writer, model.CustomProperties, (PropertyMap.Run, run.Key));
        }));
    }

    public static NewEntry Version(ModelVersionMetadata version, string name, string modelId, RunIdentity run) =>
        new(EntryKind.Version, name, modelId, JsonBody.Of(writer =>
        {
            writer.WriteString("name", name);
            writer.WriteIfGiven("author", version.Author ?? run.Author);
            writer.WriteIfGiven("description", version.Description);
            writer.WriteString("registeredModelId", modelId);
            writer.WriteString("state", EntryState.Live);
            PropertyMap.Write(writer, version.CustomProperties, (PropertyMap.Run, run.Key));
        }));

    /// <summary>The artifact with its uri, not yet live.</summary>
    public static NewEntry Artifact(
        ModelArtifactMetadata artifact, (string Name, string VersionId) place, PublishedModel model, RunIdentity run) =>
        new(EntryKind.Artifact, place.Name, place.VersionId, JsonBody.Of(writer =>
        {
            writer.WriteString("artifactType", EntryPatch.ArtifactType);
            writer.WriteString("name", place.Name);
            writer.WriteString("uri", model.Uri);
            writer.WriteString("state", EntryState.Pending);
            WriteFormat(writer, artifact);
            WriteSource(writer, artifact, run);
            PropertyMap.Write(
                writer,
                artifact.CustomProperties,
                (PropertyMap.Run, run.Key),
                (PropertyMap.Digest, model.Digest?.ToString()));
        }));

    private static void WriteFormat(Utf8JsonWriter writer, ModelArtifactMetadata artifact)
    {
        writer.WriteIfGiven("modelFormatName", artifact.ModelFormatName);
        writer.WriteIfGiven("modelFormatVersion", artifact.ModelFormatVersion);
        writer.WriteIfGiven("storageKey", artifact.StorageKey);
        writer.WriteIfGiven("storagePath", artifact.StoragePath);
        writer.WriteIfGiven("serviceAccountName", artifact.ServiceAccountName);
    }

    // The registry's UI finds the Job of an artifact by kind, group and name.
    private static void WriteSource(Utf8JsonWriter writer, ModelArtifactMetadata artifact, RunIdentity run)
    {
        var kind = artifact.ModelSourceKind ?? (run.JobName is null ? null : TransferJob);
        var job = kind == TransferJob ? run : new RunIdentity(run.Key);
        writer.WriteIfGiven("modelSourceKind", kind);
        writer.WriteIfGiven("modelSourceClass", artifact.ModelSourceClass);
        writer.WriteIfGiven("modelSourceGroup", artifact.ModelSourceGroup ?? job.JobNamespace);
        writer.WriteIfGiven("modelSourceId", artifact.ModelSourceId);
        writer.WriteIfGiven("modelSourceName", artifact.ModelSourceName ?? job.JobName);
    }
}
