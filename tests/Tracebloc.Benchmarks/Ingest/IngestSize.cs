namespace Tracebloc.Benchmarks.Ingest;

/// <summary>The sizes of the data sets.</summary>
/// <param name="Rows">The rows of the races.</param>
/// <param name="ManyRows">The rows that show whether memory grows.</param>
/// <param name="Files">The files that are copied and moved.</param>
internal sealed record IngestSize(int Rows, int ManyRows, int Files)
{
    /// <summary>The bytes of a file.</summary>
    public const int FileBytes = 50_000;

    /// <summary>The sizes that the bars are for.</summary>
    public static IngestSize Full { get; } = new(1_000_000, 5_000_000, 20_000);

    /// <summary>The sizes that show that the benchmark works.</summary>
    public static IngestSize Small { get; } = new(3_000, 6_000, 100);
}
