using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Models;

namespace Tracebloc.ModelUpload.Tests.Sources;

internal sealed class SomeProgress : ITransferProgress
{
    private long _bytes;

    public long Bytes => Interlocked.Read(ref _bytes);

    public List<(string Path, bool WasPresent)> Ended { get; } = [];

    public void Moved(ModelPath file, long bytes) => Interlocked.Add(ref _bytes, bytes);

    public void Finished(ModelPath file, bool wasPresent)
    {
        lock (Ended)
            Ended.Add((file.Text, wasPresent));
    }
}
