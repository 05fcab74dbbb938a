using Tracebloc.ModelUpload.Models;

namespace Tracebloc.ModelUpload.Layers;

/// <summary>
/// The division of a model into layers, which depends on paths and lengths alone: files of at most 1 MiB share layers
/// of at most 64 MiB in the order of their paths, every other file has its own, one of unknown length too.
/// </summary>
internal static class LayerGrouping
{
    public const long LargestShared = 1024 * 1024;

    public const long LargestLayer = 64 * 1024 * 1024;

    private const long EndBytes = 2 * TarHeader.BlockBytes;

    /// <summary>The groups, in the order of their first files.</summary>
    /// <param name="files">Files in the order of their paths.</param>
    /// <param name="describe">The path and the length of one; null for an unknown length.</param>
    public static IReadOnlyList<IReadOnlyList<T>> Of<T>(
        IReadOnlyList<T> files, Func<T, (ModelPath Path, long? Length)> describe)
    {
        var groups = new List<List<T>>();
        var (shared, bytes) = (new List<T>(), 0L);
        foreach (var file in files)
        {
            var (path, length) = describe(file);
            if (length is null or > LargestShared)
            {
                groups.Add([file]);
                continue;
            }

            var entry = LayerLayout.EntryLength(new LayerFile(path, length.Value));
            if (shared.Count == 0 || bytes + entry > LargestLayer)
            {
                (shared, bytes) = ([], EndBytes);
                groups.Add(shared);
            }

            shared.Add(file);
            bytes += entry;
        }

        return groups;
    }
}
