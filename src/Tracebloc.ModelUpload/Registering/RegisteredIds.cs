namespace Tracebloc.ModelUpload.Registering;

/// <summary>The entries of a finished registration; null for one that the intent does not know.</summary>
internal sealed record RegisteredIds(string? ModelId, string? ModelVersionId, string? ModelArtifactId);
