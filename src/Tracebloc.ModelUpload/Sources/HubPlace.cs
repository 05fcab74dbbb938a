using Tracebloc.ModelUpload.Models;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>A file of a commit.</summary>
/// <param name="Repository">The repository's present name.</param>
/// <param name="Commit">The commit's 40 digits.</param>
/// <param name="Path">The file's path.</param>
internal sealed record HubPlace(string Repository, string Commit, ModelPath Path);
