using Tracebloc.MetadataSync.Planning;
using Tracebloc.Net;

namespace Tracebloc.MetadataSync.Syncing;

/// <summary>
/// The chores of one kind, the newest of each object, in the order of their times. Safe for concurrent use.
/// </summary>
internal sealed class ChoreQueue(TimeProvider time)
{
    private readonly Lock _turn = new();
    private readonly Dictionary<string, Chore> _chores = [];
    private readonly HashSet<string> _working = [];

    // An entry whose chore was replaced is passed over.
    private readonly PriorityQueue<Chore, DateTimeOffset> _order = new();
    private readonly Pulse _added = new();

    public int Count
    {
        get
        {
            lock (_turn) return _chores.Count;
        }
    }

    /// <summary>Adds a chore in place of an earlier one of its object.</summary>
    public void Put(Chore chore)
    {
        lock (_turn)
        {
            // The delay counts from the first sight of the annotation.
            if (chore.Kind == ChoreKind.BuryAndDelete && _chores.TryGetValue(chore.Uid, out var earlier)
                && earlier.Kind == ChoreKind.BuryAndDelete && earlier.Due < chore.Due)
                chore = chore with { Due = earlier.Due };
            Add(chore);
        }

        _added.Beat();
    }

    /// <summary>Adds a look at an object that has no chore.</summary>
    public void Look(string uid, string ns, string name)
    {
        lock (_turn)
            if (!_chores.ContainsKey(uid))
                Add(new Chore(ChoreKind.Look, uid, ns, name) { Due = time.GetUtcNow() });
        _added.Beat();
    }

    /// <summary>Removes the chore of an object that needs none any more.</summary>
    public void Remove(string uid)
    {
        lock (_turn) _chores.Remove(uid);
    }

    /// <summary>
    /// Takes chores that are due, once there is one. <see cref="Done"/> or Repeat must follow for each.
    /// </summary>
    public async Task<IReadOnlyList<Chore>> TakeAsync(int most, CancellationToken token)
    {
        while (true)
        {
            var added = _added.Next;
            if (Take(most) is { Count: > 0 } due) return due;
            await WaitAsync(added, token);
        }
    }

    /// <summary>Ends the work on a chore.</summary>
    public void Done(Chore chore) => End(chore, null);

    /// <summary>Puts a chore off, unless its object has another one by now.</summary>
    public void Repeat(Chore chore, TimeSpan pause) => End(
        chore, chore with { Due = time.GetUtcNow() + pause, Failures = chore.Failures + 1 });

    private void Add(Chore chore)
    {
        _chores[chore.Uid] = chore;
        if (!_working.Contains(chore.Uid)) _order.Enqueue(chore, chore.Due);
    }

    private List<Chore> Take(int most)
    {
        lock (_turn)
        {
            var due = new List<Chore>();
            while (due.Count < most && Next() is { } chore && chore.Due <= time.GetUtcNow())
            {
                _order.Dequeue();
                _working.Add(chore.Uid);
                due.Add(chore);
            }

            return due;
        }
    }

    private Chore? Next()
    {
        while (_order.TryPeek(out var chore, out _))
        {
            if (ReferenceEquals(_chores.GetValueOrDefault(chore.Uid), chore)) return chore;
            _order.Dequeue();
        }

        return null;
    }

    private async Task WaitAsync(Task added, CancellationToken token)
    {
        TimeSpan? pause;
        lock (_turn) pause = Next()?.Due - time.GetUtcNow();
        if (pause is null)
        {
            await added.WaitAsync(token);
            return;
        }

        if (pause <= TimeSpan.Zero) return;
        using var deadline = new Deadline(pause.Value, time, token);
        await added.WaitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        token.ThrowIfCancellationRequested();
    }

    private void End(Chore chore, Chore? next)
    {
        lock (_turn)
        {
            _working.Remove(chore.Uid);
            if (_chores.GetValueOrDefault(chore.Uid) is not { } newest) return;
            if (!ReferenceEquals(newest, chore)) Add(newest);
            else if (next is not null) Add(next);
            else _chores.Remove(chore.Uid);
        }

        _added.Beat();
    }
}
