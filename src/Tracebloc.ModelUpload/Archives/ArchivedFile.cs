using Tracebloc.ModelUpload.Models;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Archives;

/// <summary>A file that was unpacked; it lies in the folder under its path.</summary>
/// <param name="Path">Its place within the archive.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Content">Its SHA-256.</param>
internal sealed record ArchivedFile(ModelPath Path, long Length, Digest Content);
