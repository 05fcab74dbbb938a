namespace Tracebloc.Kubernetes;

/// <summary>
/// The place in a log up to which it has been read. Servers give lines from a full second on, and the streams of a
/// container are stamped one apart from the other, so the lines of the last two seconds are remembered and, when they
/// come again, left out.
/// </summary>
/// <seealso href="https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/registry/core/pod/strategy.go"/>
internal sealed class LogPlace(DateTimeOffset? since)
{
    private const int RememberedSeconds = 2;

    private readonly Queue<(long Second, Key Key)> _recent = new();
    private readonly Dictionary<Key, int> _counts = [];
    private Dictionary<Key, int> _again = [];
    private long _last = long.MinValue;

    /// <summary>The second from which on to ask; null: from the beginning.</summary>
    internal DateTimeOffset? From => _last == long.MinValue
        ? since : DateTimeOffset.FromUnixTimeSeconds(_last - RememberedSeconds + 1);

    /// <summary>The log is read again from <see cref="From"/> on.</summary>
    internal void Resume() => _again = new Dictionary<Key, int>(_counts);

    /// <summary>False for a line that was read before, and for one from before the start.</summary>
    internal bool Advance(LogLine line)
    {
        if (line.Time is not { } time) return true; // the kubelet's own words, which it may well repeat
        if (time < since) return false;
        var key = new Key(line.Stamp, string.GetHashCode(line.Text, StringComparison.Ordinal));
        if (_again.GetValueOrDefault(key) is > 0 and var left)
        {
            _again[key] = left - 1;
            return false;
        }

        Remember(time.ToUnixTimeSeconds(), key);
        return true;
    }

    private void Remember(long second, Key key)
    {
        _last = Math.Max(_last, second);
        _recent.Enqueue((second, key));
        _counts[key] = _counts.GetValueOrDefault(key) + 1;
        while (_recent.TryPeek(out var oldest) && oldest.Second <= _last - RememberedSeconds)
        {
            _recent.Dequeue();
            if (--_counts[oldest.Key] == 0) _counts.Remove(oldest.Key);
        }
    }

    private readonly record struct Key(string Stamp, int Text);
}
