using Microsoft.Win32.SafeHandles;

namespace Tracebloc.Net.Files;

/// <summary>
/// The file that a path or handle leads to, at one moment: two equal stamps are one file that was not written to in
/// between.
/// </summary>
/// <param name="Length">Its bytes.</param>
/// <param name="Inode">Its number within the file system; 0 where the system has none.</param>
/// <param name="Modified">The last write, in nanoseconds since 1970.</param>
/// <param name="Changed">
/// The last change of content, owner, mode or number of names, in nanoseconds since 1970. The kubelet sets it for every
/// file of a volume with an <c>fsGroup</c>, whenever a pod starts.
/// </param>
public readonly record struct FileStamp(long Length, ulong Inode, long Modified, long Changed)
{
    /// <summary>The stamp of the file itself; a link is not followed.</summary>
    /// <exception cref="IOException">The file is absent, or the system does not answer.</exception>
    public static FileStamp Of(string path) => StampReader.Of(UserPath.Absolute(path));

    /// <summary>The stamp of an open file.</summary>
    /// <exception cref="IOException">The system does not answer.</exception>
    public static FileStamp Of(SafeFileHandle file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return StampReader.Of(file);
    }
}
