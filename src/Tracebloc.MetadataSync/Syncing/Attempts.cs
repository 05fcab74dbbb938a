using System.Collections.Concurrent;

namespace Tracebloc.MetadataSync.Syncing;

/// <summary>The failed attempts of objects that cannot be stored. Safe for concurrent use.</summary>
internal sealed class Attempts
{
    private readonly ConcurrentDictionary<string, int> _counts = [];

    /// <summary>Counts a failure.</summary>
    /// <returns>The failures so far.</returns>
    public int Add(string uid) => _counts.AddOrUpdate(uid, 1, (_, count) => count + 1);

    public void Forget(string uid) => _counts.TryRemove(uid, out _);
}
