using Tracebloc.ModelUpload.Models;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>The files of a model at its source.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Files">At least one, in the order of their paths, none of them twice.</param>
/// <param name="LeftOut">Files at the source that are not the model.</param>
internal sealed record SourceListing(
    string Source, IReadOnlyList<SourceFile> Files, IReadOnlyList<ModelPath> LeftOut)
{
    /// <summary>The bytes of all files; null where one file's are unknown.</summary>
    public long? Length => Files.Any(file => file.Length is null) ? null : Files.Sum(file => file.Length);
}
