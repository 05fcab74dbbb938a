namespace Tracebloc.Benchmarks.StartupProfile;

/// <summary>A type as the JIT compiler names it: <c>System.Span`1[char]</c>, <c>Outer+Inner[]</c>.</summary>
/// <param name="Name">With its namespace, or a keyword of C# for a primitive type.</param>
/// <param name="Arguments">What stands for its type parameters.</param>
/// <param name="ArrayDepth">How often it is an array of itself; arrays of more dimensions are not understood.</param>
internal sealed record NamedType(string Name, IReadOnlyList<NamedType> Arguments, int ArrayDepth)
{
    public override string ToString() =>
        Name
        + (Arguments.Count == 0 ? "" : $"[{string.Join(',', Arguments)}]")
        + string.Concat(Enumerable.Repeat("[]", ArrayDepth));
}
