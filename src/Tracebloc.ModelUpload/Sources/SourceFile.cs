using Tracebloc.ModelUpload.Models;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>A file of a model where it is now.</summary>
/// <param name="Path">Its place within the model.</param>
/// <param name="Length">Its bytes; null where the source does not state them.</param>
/// <param name="Address">Its key, URL or path at the source, as messages name it; free of credentials.</param>
/// <param name="Version">
/// Whatever pins its content at the source: ETag, version, commit, digest, or size, inode and time of a file. Equal
/// versions of equal addresses are equal bytes.
/// </param>
/// <param name="Stated">The hashes that the source states; empty where it states none.</param>
internal sealed record SourceFile(
    ModelPath Path, long? Length, string Address, string Version, IReadOnlyList<ContentHash> Stated);
