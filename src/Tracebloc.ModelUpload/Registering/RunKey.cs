using System.Security.Cryptography;
using System.Text;
using Tracebloc.ModelUpload.Metadata;
using Tracebloc.ModelUpload.Options;

namespace Tracebloc.ModelUpload.Registering;

/// <summary>
/// The key by which a run recognises the entries of its earlier tries: equal for all pods of a Job, and for the new
/// Job that the registry's UI makes of the same inputs on Retry.
/// </summary>
internal static class RunKey
{
    private const int Digits = 32;

    /// <summary>32 lower-case hexadecimal digits over the intent, its names and ids, and the destination.</summary>
    /// <param name="intent">The intent and the ids of its options.</param>
    /// <param name="metadata">The names.</param>
    /// <param name="destination">The address that the artifact's uri will have.</param>
    public static string Of(IntentSettings intent, ModelMetadata? metadata, string destination)
    {
        string?[] parts = intent.Kind switch
        {
            UploadIntent.UpdateArtifact => ["update_artifact", intent.ArtifactIdOf(metadata)],
            UploadIntent.CreateModel =>
                ["create_model", metadata?.RegisteredModel?.Name, intent.VersionNameOf(metadata)],
            _ => ["create_version", intent.ModelId, intent.VersionNameOf(metadata)],
        };
        // Each with its length: no two lists of names have one text.
        var text = new StringBuilder();
        foreach (var part in (string?[])[.. parts, metadata?.ModelArtifact?.Name, destination])
            text.Append(part?.Length ?? -1).Append(':').Append(part);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..Digits];
    }
}
