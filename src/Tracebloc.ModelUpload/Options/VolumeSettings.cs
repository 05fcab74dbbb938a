namespace Tracebloc.ModelUpload.Options;

/// <summary>A mounted folder, or for a source also a file.</summary>
/// <param name="Path">An absolute path.</param>
internal sealed record VolumeSettings(string Path);
