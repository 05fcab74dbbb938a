namespace Tracebloc.ModelUpload.Flow;

/// <summary>A buffer of the budget until it is disposed of.</summary>
internal sealed class RentedBuffer(MemoryBudget budget, byte[] bytes, int length) : IDisposable
{
    private int _isReturned;

    /// <summary>At least <see cref="Length"/> bytes.</summary>
    public byte[] Bytes => bytes;

    public int Length => length;

    public Memory<byte> Memory => bytes.AsMemory(0, length);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isReturned, 1) == 0)
            budget.Return(this);
    }
}
