namespace Tracebloc.MetadataSync.Syncing;

/// <summary>
/// The changes of one kind that are to be stored, the newest of each object. An object is in one batch at a time, and
/// the bytes of all changes are bounded. Safe for concurrent use.
/// </summary>
internal sealed class ChangeQueue
{
    private readonly QueueRoom _room;
    private readonly string _kind;
    private readonly Lock _turn = new();
    private readonly Dictionary<string, PendingChange> _pending = [];
    private readonly Dictionary<string, PendingChange> _working = [];
    private readonly Queue<string> _order = [];
    private readonly Pulse _filled = new(), _drained = new();
    private long _bytes;

    /// <param name="room">The bound. One change alone may be longer.</param>
    /// <param name="kind">The kind, whose earlier queue is no longer in use.</param>
    public ChangeQueue(QueueRoom room, string kind)
    {
        (_room, _kind) = (room, kind);
        room.TryTake(kind, 0);
    }

    /// <summary>The objects that wait, or are being stored.</summary>
    public int Count
    {
        get
        {
            lock (_turn) return _pending.Count + _working.Count;
        }
    }

    /// <summary>Adds a change, once there is room.</summary>
    public async ValueTask AddAsync(PendingChange change, CancellationToken token)
    {
        while (true)
        {
            var drained = _drained.Next;
            if (TryAdd(change)) return;
            await drained.WaitAsync(token);
        }
    }

    /// <summary>Takes changes in their order, once there is one. <see cref="Done"/> or Return must follow.</summary>
    /// <param name="most">The most changes.</param>
    /// <param name="bytes">The bytes after which no further one is taken.</param>
    /// <param name="token">Ends the wait.</param>
    public async ValueTask<IReadOnlyList<PendingChange>> TakeAsync(int most, long bytes, CancellationToken token)
    {
        while (true)
        {
            var filled = _filled.Next;
            if (Take(most, bytes) is { Count: > 0 } batch) return batch;
            await filled.WaitAsync(token);
        }
    }

    /// <summary>Ends the work on a batch.</summary>
    public void Done(IReadOnlyList<PendingChange> batch) => End(batch, isStored: true);

    /// <summary>Gives a batch back; a change that has a newer one by now is forgotten.</summary>
    public void Return(IReadOnlyList<PendingChange> batch) => End(batch, isStored: false);

    private bool TryAdd(PendingChange change)
    {
        lock (_turn)
        {
            var older = _pending.GetValueOrDefault(change.Uid);
            var bytes = _bytes + change.Bytes - (older?.Bytes ?? 0);
            if (!_room.TryTake(_kind, bytes) && _bytes > 0) return false;
            _bytes = bytes;
            _pending[change.Uid] = older is null ? change : change.Over(older);
            if (older is null && !_working.ContainsKey(change.Uid)) _order.Enqueue(change.Uid);
        }

        _filled.Beat();
        return true;
    }

    private List<PendingChange> Take(int most, long bytes)
    {
        lock (_turn)
        {
            var batch = new List<PendingChange>();
            while (batch.Count < most && bytes > 0 && _order.TryDequeue(out var uid))
            {
                if (!_pending.Remove(uid, out var change)) continue;
                _working[uid] = change;
                batch.Add(change);
                bytes -= change.Bytes;
            }

            return batch;
        }
    }

    private void End(IReadOnlyList<PendingChange> batch, bool isStored)
    {
        lock (_turn)
        {
            foreach (var change in batch)
            {
                _working.Remove(change.Uid);
                if (_pending.TryGetValue(change.Uid, out var newer))
                {
                    _bytes -= change.Bytes;
                    if (!isStored) _pending[change.Uid] = newer.Over(change);
                    _order.Enqueue(change.Uid);
                }
                else if (isStored)
                {
                    _bytes -= change.Bytes;
                }
                else
                {
                    _pending[change.Uid] = change;
                    _order.Enqueue(change.Uid);
                }
            }

            _room.TryTake(_kind, _bytes);
        }

        _filled.Beat();
        _drained.Beat();
    }
}
