using Tracebloc.ModelUpload.Sources;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>Files that go to a destination together: a layer, an object, a file.</summary>
/// <param name="Name">Unique within the plan: the path of its first file.</param>
/// <param name="Way">The way that it goes.</param>
/// <param name="Files">At least one, in the order of their paths.</param>
/// <param name="Known">The digest of the part's bytes at the destination, where it is known before the move.</param>
internal sealed record PlannedPart(string Name, PartWay Way, IReadOnlyList<SourceFile> Files, Digest? Known = null)
{
    /// <summary>The bytes of its files; null where one file's are unknown.</summary>
    public long? Length => Files.Any(file => file.Length is null) ? null : Files.Sum(file => file.Length);
}
