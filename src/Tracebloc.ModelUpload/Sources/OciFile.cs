using Tracebloc.ModelUpload.Models;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>A file within a layer.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Start">Its first byte in the unpacked layer.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Stated">The hashes that are stated of it.</param>
internal sealed record OciFile(OciLayer Layer, long Start, long Length, IReadOnlyList<ContentHash> Stated);
