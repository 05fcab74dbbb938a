namespace Tracebloc.Benchmarks.Push;

/// <summary>The sizes of the data sets.</summary>
/// <param name="LargeBytes">The bytes of the one file.</param>
/// <param name="Files">The number of small files.</param>
/// <param name="Rows">The rows of the file that is validated.</param>
/// <param name="Starts">The starts of the program.</param>
internal sealed record PushSize(long LargeBytes, int Files, int Rows, int Starts)
{
    /// <summary>The bytes of a small file.</summary>
    public const int SmallBytes = 10_000;

    /// <summary>The sizes that the bars are for: the rows take 1 GB.</summary>
    public static PushSize Full { get; } = new(2_000_000_000, 20_000, 5_000_000, 21);

    /// <summary>The sizes that show that the benchmark works.</summary>
    public static PushSize Small { get; } = new(20_000_000, 100, 3_000, 2);
}
