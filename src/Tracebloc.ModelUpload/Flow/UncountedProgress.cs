using Tracebloc.ModelUpload.Models;

namespace Tracebloc.ModelUpload.Flow;

/// <summary>Counts nothing: for bytes that do not go to the destination.</summary>
internal sealed class UncountedProgress : ITransferProgress
{
    public void Moved(ModelPath file, long bytes)
    {
    }

    public void Finished(ModelPath file, bool wasPresent)
    {
    }
}
