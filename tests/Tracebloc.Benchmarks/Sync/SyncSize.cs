namespace Tracebloc.Benchmarks.Sync;

/// <summary>The sizes of the scenarios.</summary>
/// <param name="Objects">The objects in the cluster.</param>
/// <param name="Rows">The rows of the table that lists are made of.</param>
/// <param name="Lists">The lists that are asked for, of each kind.</param>
/// <param name="Changes">The time of 100 changes a second.</param>
/// <param name="Load">The time of 200 changes a second, with faults.</param>
internal sealed record SyncSize(int Objects, int Rows, int Lists, TimeSpan Changes, TimeSpan Load)
{
    public static SyncSize Full { get; } =
        new(100_000, 1_000_000, 200, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5));

    public static SyncSize Small { get; } = new(1_000, 5_000, 5, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(15));

    /// <summary>The size with other numbers, where they are given, and ten rows for each object.</summary>
    public SyncSize With(int? objects, double? minutes) => this with
    {
        Objects = objects ?? Objects,
        Rows = objects * 10 ?? Rows,
        Load = minutes is { } time ? TimeSpan.FromMinutes(time) : Load,
    };
}
