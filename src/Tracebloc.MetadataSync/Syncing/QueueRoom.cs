namespace Tracebloc.MetadataSync.Syncing;

/// <summary>
/// The bytes that the changes of all kinds may take. Half of them is split between the kinds, so that none waits for
/// another one; the other half is for those that have more, as at their first list. Safe for concurrent use.
/// </summary>
/// <param name="mostBytes">The bound of all kinds together.</param>
/// <param name="kinds">The number of kinds.</param>
internal sealed class QueueRoom(long mostBytes, int kinds)
{
    private readonly Lock _turn = new();
    private readonly Dictionary<string, long> _beyond = [];
    private readonly long _share = mostBytes / 2 / kinds, _common = mostBytes / 2;
    private long _taken;

    /// <summary>Takes the room for all changes of a kind, or gives some of it back.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="bytes">The bytes of all its changes.</param>
    /// <returns>False where there is no room for so many; nothing has changed.</returns>
    public bool TryTake(string kind, long bytes)
    {
        lock (_turn)
        {
            var (before, after) = (_beyond.GetValueOrDefault(kind), Math.Max(0, bytes - _share));
            if (after > before && _taken + after - before > _common) return false;
            _taken += after - before;
            _beyond[kind] = after;
            return true;
        }
    }
}
