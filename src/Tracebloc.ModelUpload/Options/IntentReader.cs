using Tracebloc.ModelUpload.Metadata;

namespace Tracebloc.ModelUpload.Options;

/// <summary>The change in the Model Registry and the metadata for it.</summary>
internal static class IntentReader
{
    public static IntentSettings Read(OptionReader options, out ModelMetadata metadata)
    {
        var kind = options.Choice(
            "model-upload-intent",
            ("update_artifact", UploadIntent.UpdateArtifact),
            ("create_model", UploadIntent.CreateModel),
            ("create_version", UploadIntent.CreateVersion));
        metadata = Metadata(options, kind, out var path) ?? ModelMetadata.None;
        var settings = new IntentSettings
        {
            Kind = kind,
            ModelId = options.Text("model-id"),
            ModelVersionId = options.Text("model-version-id"),
            ModelArtifactId = options.Text("model-artifact-id") ?? ArtifactId(kind, metadata),
            MetadataPath = path,
            OnFailure = options.Choice(
                "on-failure", ("restore", FailureState.Restored), ("abandon", FailureState.Abandoned)),
        };
        IntentRules.Check(settings, metadata, options.Findings);
        return settings;
    }

    // The registry's UI gives the id in the metadata alone.
    private static string? ArtifactId(UploadIntent kind, ModelMetadata metadata) =>
        kind == UploadIntent.UpdateArtifact ? metadata.ModelArtifact?.Id : null;

    private static ModelMetadata? Metadata(OptionReader options, UploadIntent kind, out string? path)
    {
        var value = options.Find("metadata-configmap-path");
        path = value?.Text ?? OptionTable.DefaultMetadataPath;
        var notes = new MetadataNotes();
        var metadata = MetadataFolder.Read(path, options.Files, notes);
        if (metadata is null)
        {
            if (value is not null)
                options.Findings.Error(
                    $"{value.Place}: metadata folder not found: {path}; "
                    + "check the path and that the ConfigMap is mounted");
            path = null;
        }
        // An update uses the artifact's id and nothing else of it.
        foreach (var error in notes.Errors)
            if (kind == UploadIntent.UpdateArtifact) options.Findings.Warning(error);
            else options.Findings.Error(error);
        foreach (var warning in notes.Warnings)
            options.Findings.Warning(warning);
        return metadata;
    }
}
