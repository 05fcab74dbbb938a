using Tracebloc.ModelUpload.Metadata;
using Tracebloc.ModelUpload.Options;

namespace Tracebloc.ModelUpload.Registering;

/// <summary>The ids and names of an intent, and the names that it has by default.</summary>
internal static class IntentNames
{
    private const string FirstVersion = "1.0.0";

    /// <summary>The problems that need no call to the registry; empty for none.</summary>
    public static IReadOnlyList<string> ProblemsOf(IntentSettings intent, ModelMetadata? metadata)
    {
        var problems = new List<string>();
        AddId(problems, "--model-id", intent.ModelId, intent.Kind == UploadIntent.CreateVersion);
        AddId(problems, "--model-version-id", intent.ModelVersionId, false);
        AddId(problems, "--model-artifact-id", ArtifactIdOf(intent, metadata),
            intent.Kind == UploadIntent.UpdateArtifact);
        if (intent.Kind == UploadIntent.CreateModel)
            AddMissing(problems, "create_model", "RegisteredModel.name", metadata?.RegisteredModel?.Name);
        if (intent.Kind == UploadIntent.CreateVersion)
            AddMissing(problems, "create_version", "ModelVersion.name", metadata?.ModelVersion?.Name);
        return problems;
    }

    /// <summary>The option's artifact, or that of the metadata, where the registry's UI writes it.</summary>
    public static string? ArtifactIdOf(this IntentSettings intent, ModelMetadata? metadata) =>
        intent.ModelArtifactId ?? metadata?.ModelArtifact?.Id;

    /// <summary>The name of the version to create.</summary>
    public static string VersionNameOf(this IntentSettings intent, ModelMetadata? metadata) =>
        metadata?.ModelVersion?.Name ?? (intent.Kind == UploadIntent.CreateModel ? FirstVersion : "");

    private static void AddId(List<string> problems, string option, string? id, bool isRequired)
    {
        if (id is null && isRequired)
            problems.Add($"{option} is missing: the intent needs it");
        else if (id is not null && !IsId(id))
            problems.Add($"{option} {id} is no id: ids are numbers from 1 to {int.MaxValue}");
    }

    private static void AddMissing(List<string> problems, string intent, string key, string? value)
    {
        if (string.IsNullOrEmpty(value))
            problems.Add($"metadata {key} is missing: {intent} needs it");
    }

    // The server reads ids as int32; spec pattern ^[1-9][0-9]{0,8}$ for parents.
    private static bool IsId(string id) =>
        id is [>= '1' and <= '9', ..] && id.All(char.IsAsciiDigit) && int.TryParse(id, out _);
}
