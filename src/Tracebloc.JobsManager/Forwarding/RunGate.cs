namespace Tracebloc.JobsManager.Forwarding;

/// <summary>Bounds the calls of one run that are under way: one run cannot keep others out. Thread-safe.</summary>
internal sealed class RunGate
{
    /// <summary>The most calls of one run at once: its pods make one each.</summary>
    public const int Most = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _calls = [];

    /// <summary>Begins a call; false where the run has too many.</summary>
    public bool TryEnter(string key)
    {
        lock (_gate)
        {
            var calls = _calls.GetValueOrDefault(key);
            if (calls >= Most) return false;
            _calls[key] = calls + 1;
            return true;
        }
    }

    /// <summary>Ends a call that was begun.</summary>
    public void Leave(string key)
    {
        lock (_gate)
            if (--_calls[key] == 0) _calls.Remove(key);
    }
}
