namespace Tracebloc.JobsManager.Access;

/// <summary>The answers of reviews, for a short time and of a limited number: the oldest makes room.</summary>
internal sealed class ReviewCache(TimeProvider time)
{
    /// <summary>The most answers.</summary>
    public const int Most = 1024;

    /// <summary>A token that was revoked is still accepted for this long.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Caller? Caller, long At)> _answers = [];
    private readonly Queue<string> _order = [];

    /// <returns>False where there is no answer, or an old one.</returns>
    public bool Find(string digest, out Caller? caller)
    {
        lock (_gate)
        {
            var isKnown = _answers.TryGetValue(digest, out var answer) && time.GetElapsedTime(answer.At) < Life;
            caller = isKnown ? answer.Caller : null;
            return isKnown;
        }
    }

    public void Keep(string digest, Caller? caller)
    {
        lock (_gate)
        {
            if (!_answers.ContainsKey(digest))
            {
                if (_order.Count == Most) _answers.Remove(_order.Dequeue());
                _order.Enqueue(digest);
            }

            _answers[digest] = (caller, time.GetTimestamp());
        }
    }
}
