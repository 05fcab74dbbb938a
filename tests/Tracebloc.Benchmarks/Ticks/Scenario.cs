namespace Tracebloc.Benchmarks.Ticks;

/// <summary>A tick with nothing to do, by size.</summary>
internal sealed record Scenario(string Name, int ImageCount)
{
    private const int ImagesPerWorkload = 10;

    public static IReadOnlyList<Scenario> All { get; } =
        [new("three", 3) { IsUsual = true }, new("fifty", 50), new("five-hundred", 500)];

    /// <summary>True for the size that nearly every installation has: start-up decides its cost.</summary>
    public bool IsUsual { get; init; }

    public IReadOnlyList<string> Workloads => [.. Images.Select(image => image.Workload).Distinct()];

    /// <summary>One repository each, in turn on one registry and the other.</summary>
    public IReadOnlyList<TrackedImage> Images =>
    [
        .. Enumerable.Range(0, ImageCount).Select(i => new TrackedImage(
            Name: $"image-{i}",
            Registry: i % 2,
            Repository: $"{Name}/image-{i}",
            Workload: $"{Name}-{i / ImagesPerWorkload}",
            // Half restart, half set a variable that names the digest, as with the product's own images.
            Variable: i % 2 == 0 ? null : $"IMAGE_{i}_DIGEST")),
    ];
}

/// <param name="Name">As the configuration and the annotations name it.</param>
/// <param name="Registry">Which of the two registries serves it.</param>
/// <param name="Repository">Its path there; the tag is <see cref="Tag"/>.</param>
/// <param name="Workload">The deployment that uses it.</param>
/// <param name="Variable">The environment variable that is set to the digest; null restarts.</param>
internal sealed record TrackedImage(string Name, int Registry, string Repository, string Workload, string? Variable)
{
    public const string Tag = "prod";
}
