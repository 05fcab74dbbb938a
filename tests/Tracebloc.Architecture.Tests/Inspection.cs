namespace Tracebloc.Architecture.Tests;

/// <summary>The number of things a rule looked at, and what it found wrong with them.</summary>
internal sealed record Inspection(int Looked, IReadOnlyList<string> Violations)
{
    public static Inspection Of<T>(IReadOnlyCollection<T> things, Func<T, IEnumerable<string>> violations) =>
        new(things.Count, [.. things.SelectMany(violations)]);

    /// <summary>A rule that looked at nothing guards nothing, so that is a failure too.</summary>
    public void MustHold(string things)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"Looked at {Looked} {things}.");
        Assert.True(Looked > 0, $"There were no {things} to look at.");
        Assert.True(Violations is [], string.Join('\n', Violations));
    }
}
