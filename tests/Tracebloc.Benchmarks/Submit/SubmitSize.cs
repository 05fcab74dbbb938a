namespace Tracebloc.Benchmarks.Submit;

/// <summary>The sizes of the scenarios.</summary>
/// <param name="Submissions">The runs that are submitted, one after the other.</param>
/// <param name="Calls">The calls of the backend through the proxy, and as many without it.</param>
/// <param name="Rows">The rows that one pod loads, and four.</param>
internal sealed record SubmitSize(int Submissions, int Calls, int Rows)
{
    public static SubmitSize Full { get; } = new(200, 1_000, 5_000_000);

    public static SubmitSize Small { get; } = new(3, 20, 20_000);
}
