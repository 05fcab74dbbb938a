using System.Globalization;

namespace Tracebloc.ModelUpload.Stores;

/// <summary>The default of <c>--memory-budget</c>: a part of what the container may take.</summary>
internal static class MemoryLimit
{
    private const long Most = 256L * 1024 * 1024, Least = 32L * 1024 * 1024;

    // cgroup v2 and v1, as the kubelet mounts them into a container.
    private static readonly IReadOnlyList<string> Files =
        ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"];

    /// <summary>A quarter of the cgroup's limit, from 32 to 128 MiB: the rest is the program's.</summary>
    public static long OfContainer() => Of(Files.Select(Read).FirstOrDefault(limit => limit is not null));

    public static long Of(long? limit) => Math.Clamp((limit ?? Most * 2) / 4, Least, Most / 2);

    private static long? Read(string file)
    {
        try
        {
            return long.TryParse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture, out var limit)
                ? limit
                : null;
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
