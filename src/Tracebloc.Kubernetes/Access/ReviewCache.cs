namespace Tracebloc.Kubernetes;

/// <summary>
/// The answers of reviews, for a short time and of a limited number: the oldest makes room. Safe for concurrent use.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="life">The time for which an answer is given out.</param>
/// <typeparam name="T">The answer.</typeparam>
internal sealed class ReviewCache<T>(TimeProvider time, TimeSpan life)
{
    /// <summary>The most answers.</summary>
    public const int Most = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (T Answer, long At)> _answers = [];
    private readonly Queue<string> _order = [];

    /// <returns>False where there is no answer, or an old one.</returns>
    public bool Find(string key, out T? answer)
    {
        lock (_gate)
        {
            var isKnown = _answers.TryGetValue(key, out var kept) && time.GetElapsedTime(kept.At) < life;
            answer = isKnown ? kept.Answer : default;
            return isKnown;
        }
    }

    public void Keep(string key, T answer)
    {
        lock (_gate)
        {
            if (!_answers.ContainsKey(key))
            {
                if (_order.Count == Most) _answers.Remove(_order.Dequeue());
                _order.Enqueue(key);
            }

            _answers[key] = (answer, time.GetTimestamp());
        }
    }
}
