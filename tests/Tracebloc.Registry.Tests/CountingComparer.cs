namespace Tracebloc.Registry.Tests;

/// <summary>Compares by the characters' numbers, and counts how often.</summary>
internal sealed class CountingComparer : StringComparer
{
    public int Count { get; private set; }

    public override int Compare(string? x, string? y)
    {
        Count++;
        return string.CompareOrdinal(x, y);
    }

    public override bool Equals(string? x, string? y)
    {
        Count++;
        return x == y;
    }

    public override int GetHashCode(string obj) => Ordinal.GetHashCode(obj);
}
