namespace Tracebloc.ModelUpload.Options;

/// <summary>The means of a transfer.</summary>
internal static class MovingReader
{
    // A part of S3 has 5 MiB at least, and several are under way.
    private const long LeastBudget = 16 * 1024 * 1024, LeastBandwidth = 1024;

    public static MovingSettings Read(OptionReader options) => new()
    {
        StoragePath = options.Required("storage-path")?.Text ?? "",
        MemoryBudget = options.Size("memory-budget", LeastBudget),
        BandwidthLimit = options.Size("bandwidth-limit", LeastBandwidth),
    };
}
