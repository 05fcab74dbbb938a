using System.Buffers;

namespace Tracebloc.ModelUpload.Flow;

/// <summary>The bytes that the buffers of all transfers may take together. Safe for concurrent use.</summary>
internal sealed class MemoryBudget
{
    private readonly Lock _lock = new();
    private readonly Queue<(long Bytes, TaskCompletionSource Turn)> _waiting = [];
    private long _free;

    public MemoryBudget(long bytes) => (Total, _free) = (bytes, bytes);

    public long Total { get; }

    /// <summary>
    /// A buffer of at least so many bytes as soon as the others leave room for it, in the order of the calls; at most
    /// the whole budget can be asked for.
    /// </summary>
    public async Task<RentedBuffer> RentAsync(int bytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Total);
        await TurnAsync(bytes, cancellationToken);
        return new RentedBuffer(this, ArrayPool<byte>.Shared.Rent(bytes), bytes);
    }

    internal void Return(RentedBuffer buffer)
    {
        ArrayPool<byte>.Shared.Return(buffer.Bytes);
        Free(buffer.Length);
    }

    private async Task TurnAsync(long bytes, CancellationToken cancellationToken)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Enqueue((bytes, turn));
            Serve();
        }
        await using var registration = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
        await turn.Task;
    }

    private void Free(long bytes)
    {
        lock (_lock)
        {
            _free += bytes;
            Serve();
        }
    }

    private void Serve()
    {
        while (_waiting.TryPeek(out var next) && (next.Bytes <= _free || next.Turn.Task.IsCompleted))
        {
            _waiting.Dequeue();
            if (next.Turn.TrySetResult())
                _free -= next.Bytes;
        }
    }
}
