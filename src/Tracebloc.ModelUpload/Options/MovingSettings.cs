namespace Tracebloc.ModelUpload.Options;

/// <summary>The means of a transfer.</summary>
internal sealed record MovingSettings
{
    /// <summary>The scratch folder (<c>--storage-path</c>), for archives only.</summary>
    public required string StoragePath { get; init; }

    /// <summary>Bytes for buffers; null takes a quarter of the cgroup's limit, at most 128 MiB.</summary>
    public long? MemoryBudget { get; init; }

    /// <summary>Bytes per second; null for no limit.</summary>
    public long? BandwidthLimit { get; init; }
}
