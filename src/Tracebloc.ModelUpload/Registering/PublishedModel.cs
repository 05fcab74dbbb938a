using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Registering;

/// <summary>A model at its destination.</summary>
/// <param name="Uri">Its address by tag.</param>
/// <param name="Digest">Its digest, where the destination has one.</param>
internal sealed record PublishedModel(string Uri, Digest? Digest)
{
    /// <summary>True where the artifact's properties hold this digest, or none where there is none.</summary>
    public bool IsRecordedIn(RegistryEntry artifact) => artifact.Text(PropertyMap.Digest) == Digest?.ToString();
}
