using Tracebloc.ModelUpload.Metadata;

namespace Tracebloc.ModelUpload.Options;

/// <summary>The ids and the metadata that an intent requires.</summary>
internal static class IntentRules
{
    public static void Check(IntentSettings intent, ModelMetadata metadata, Findings findings)
    {
        switch (intent.Kind)
        {
            case UploadIntent.UpdateArtifact when intent.ModelArtifactId is null:
                findings.Error(
                    "--model-artifact-id is missing, and update_artifact requires it; give it, "
                    + $"{OptionEntry.VariableOf("model-artifact-id")}, or ModelArtifact.id in the metadata");
                break;
            case UploadIntent.CreateModel:
                CheckModel(intent, metadata, findings);
                break;
            case UploadIntent.CreateVersion:
                CheckVersion(intent, metadata, findings);
                break;
        }
    }

    private static void CheckModel(IntentSettings intent, ModelMetadata metadata, Findings findings)
    {
        if (!HasFolder("create_model", intent, findings)) return;
        if (metadata.RegisteredModel?.Name is null)
            findings.Error(Missing("RegisteredModel.name", "create_model", intent));
        if (metadata.RegisteredModel is { Name: not null, Id: not null })
            findings.Error(
                $"{intent.MetadataPath} has RegisteredModel.name and RegisteredModel.id; "
                + "remove the id to create a model, or use create_version");
        if (metadata.ModelVersion is null)
            findings.Error(Missing("ModelVersion.name", "create_model", intent));
        if (metadata.ModelArtifact is null)
            findings.Error(Missing("ModelArtifact.name", "create_model", intent));
    }

    private static void CheckVersion(IntentSettings intent, ModelMetadata metadata, Findings findings)
    {
        if (intent.ModelId is null)
            findings.Error(
                "--model-id is missing, and create_version requires it; give it or "
                + OptionEntry.VariableOf("model-id"));
        if (!HasFolder("create_version", intent, findings)) return;
        if (metadata.ModelVersion?.Name is null)
            findings.Error(Missing("ModelVersion.name", "create_version", intent));
        if (metadata.ModelArtifact is null)
            findings.Error(Missing("ModelArtifact.name", "create_version", intent));
    }

    private static bool HasFolder(string intent, IntentSettings settings, Findings findings)
    {
        // A path that leads nowhere was reported, and this adds what it is needed for.
        if (settings.MetadataPath is not null) return true;
        findings.Error(
            $"--metadata-configmap-path is missing, and {intent} requires the model's metadata; mount a ConfigMap and "
            + "name its folder");
        return false;
    }

    private static string Missing(string key, string intent, IntentSettings settings) =>
        $"{settings.MetadataPath}/{key} is missing or empty, and {intent} requires it; add the key to the ConfigMap";
}
