using Tracebloc.ModelUpload.Models;

namespace Tracebloc.ModelUpload.Layers;

/// <summary>
/// A file that goes into a layer. Its length comes before its bytes there: a file of unknown length has to be spooled
/// to scratch before it can be one.
/// </summary>
/// <param name="Path">Its place within the model.</param>
/// <param name="Length">Its bytes.</param>
internal sealed record LayerFile(ModelPath Path, long Length);
