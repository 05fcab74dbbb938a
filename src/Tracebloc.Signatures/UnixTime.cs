namespace Tracebloc.Signatures;

/// <summary>Times as others count them; what no calendar holds becomes the end of time, which nothing covers.</summary>
internal static class UnixTime
{
    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static DateTimeOffset OfSeconds(long seconds) => seconds >= 0 && seconds < LastSecond
        ? DateTimeOffset.FromUnixTimeSeconds(seconds)
        : DateTimeOffset.MaxValue;

    public static DateTimeOffset OfMilliseconds(long milliseconds) => OfSeconds(milliseconds / 1000);
}
