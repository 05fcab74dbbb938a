using System.Collections.Concurrent;

namespace Tracebloc.Ingestion.Reading;

/// <summary>Batches to use again, so that reading takes the same memory for any number of records.</summary>
internal sealed class BatchPool
{
    // A record of many megabytes makes a large batch, which is not worth keeping.
    private const int LargestKept = 4 << 20;

    private readonly ConcurrentBag<RecordBatch> _free = [];

    public RecordBatch Rent() => _free.TryTake(out var batch) ? batch : new RecordBatch(this);

    public void Return(RecordBatch batch)
    {
        batch.Clear();
        if (batch.Text.Length <= LargestKept) _free.Add(batch);
    }
}
