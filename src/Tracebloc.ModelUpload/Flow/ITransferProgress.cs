using Tracebloc.ModelUpload.Models;

namespace Tracebloc.ModelUpload.Flow;

/// <summary>The count of a run's bytes. Safe for concurrent use.</summary>
internal interface ITransferProgress
{
    /// <summary>So many more bytes of the file went to the destination; negative where an attempt was lost.</summary>
    void Moved(ModelPath file, long bytes);

    /// <summary>The file is at the destination.</summary>
    void Finished(ModelPath file, bool wasPresent);
}
