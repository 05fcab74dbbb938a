using Tracebloc.Net;

namespace Tracebloc.Registry;

/// <summary>Waits before a retry: as the server announces, else exponentially longer, with jitter.</summary>
internal static class RetryDelay
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LimitFloor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LimitCeiling = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Before the retry that follows the given attempt, counted from one.</summary>
    public static TimeSpan Of(Reply reply, int attempt, TimeProvider time) =>
        Announced(reply, time) ?? Jitter(First * Math.Pow(4, attempt - 1), time);

    /// <summary>
    /// After a 429. At least a second: GHCR announces microseconds, and that in a body which HEAD does not have
    /// (<c>retry-after: 331.163µs</c>, dependabot/cli #380). Twice as long for each of the <paramref name="previous"/>
    /// ones.
    /// </summary>
    public static TimeSpan OfLimit(Reply reply, int previous, TimeProvider time)
    {
        if (Announced(reply, time) is { } announced)
            return announced > LimitFloor ? announced : LimitFloor;
        var delay = LimitFloor * Math.Pow(2, Math.Min(previous, 10));
        return Jitter(delay < LimitCeiling ? delay : LimitCeiling, time);
    }

    /// <summary>The wait of the server's <c>Retry-After</c>, at most a day; null when it announces none.</summary>
    public static TimeSpan? Announced(Reply reply, TimeProvider time) => RetryAfter.Parse(
        reply.Lines("Retry-After").FirstOrDefault(), reply.Lines("Date").FirstOrDefault(), time.GetUtcNow(), Longest);

    // Up to half as much again, spread by the clock's low bits (Knuth's multiplicative hash): clients that were cut off
    // together do not come back together, and under a manual clock a test gets the same delay every time.
    private static TimeSpan Jitter(TimeSpan delay, TimeProvider time) =>
        delay + (delay * (unchecked((uint)time.GetTimestamp() * 2654435761u) / (2.0 * uint.MaxValue)));
}
