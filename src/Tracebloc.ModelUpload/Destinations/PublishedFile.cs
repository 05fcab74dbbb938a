using Tracebloc.ModelUpload.Models;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>A file as its destination holds it.</summary>
/// <param name="Path">Its place within the model.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Content">Its SHA-256; null where a service copied it and states none.</param>
internal sealed record PublishedFile(ModelPath Path, long Length, Digest? Content);
