using System.Globalization;

namespace Tracebloc.Benchmarks.Sync;

/// <summary>A label whose values the objects have in turns.</summary>
/// <param name="Key">The key.</param>
/// <param name="Values">The number of its values.</param>
internal sealed record SyncLabel(string Key, int Values)
{
    /// <summary>The label that 500 of 100,000 objects have, as many as a list asks for.</summary>
    public static SyncLabel Rare { get; } = new("team", 200);

    /// <summary>Both labels.</summary>
    public static IReadOnlyList<SyncLabel> All { get; } = [Rare, new("tier", 2)];

    /// <summary>The share of the objects that have a value: <c>1/100</c>.</summary>
    public string Share => string.Create(CultureInfo.InvariantCulture, $"1/{Values}");

    /// <summary>The value of an object.</summary>
    public string ValueOf(int place) =>
        string.Create(CultureInfo.InvariantCulture, $"{Key}-{place % Values}");

    /// <summary>A contender's name with this label.</summary>
    public string Of(string contender) => $"{contender}, {Share}";
}
