namespace Tracebloc.ChartUpgrade.Tests;

/// <summary>Values that a test does not care about.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
}
