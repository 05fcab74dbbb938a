using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Syncing;

/// <summary>Remembers when the Event of an object was last due. Safe for concurrent use.</summary>
internal sealed class RefusalMemory(TimeProvider time)
{
    private const int MostObjects = 10_000;

    // The API server forgets an Event after an hour; one that is counted begins its hour anew.
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(30);

    // An object whose faults change has an Event for each, but not for each edit.
    private static readonly TimeSpan ShortInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _turn = new();
    private readonly Dictionary<(string Kind, string Namespace, string Name, RefusalReason Reason), Told> _told = [];

    /// <summary>True where an Event is due; the next one is not before the interval has passed.</summary>
    public bool IsDue(Kind kind, Refusal refusal)
    {
        var (key, now) = ((kind.Name, refusal.Namespace, refusal.Name, refusal.Reason), time.GetTimestamp());
        lock (_turn)
        {
            if (_told.TryGetValue(key, out var last)
                && time.GetElapsedTime(last.At, now) < (last.IsOf(refusal) ? Interval : ShortInterval))
                return false;
            if (_told.Count >= MostObjects) Forget(now);
            _told[key] = new Told(now, refusal.Uid, refusal.Message);
            return true;
        }
    }

    private void Forget(long now)
    {
        foreach (var (key, last) in _told)
            if (time.GetElapsedTime(last.At, now) >= Interval)
                _told.Remove(key);
        if (_told.Count >= MostObjects) _told.Clear();
    }

    private readonly record struct Told(long At, string Uid, string Message)
    {
        public bool IsOf(Refusal refusal) => (Uid, Message) == (refusal.Uid, refusal.Message);
    }
}
