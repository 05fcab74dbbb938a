using Tracebloc.Configuration;
using Tracebloc.Net.Files;

namespace Tracebloc.ModelUpload.Credentials;

/// <summary>The files of this machine.</summary>
/// <param name="home">The folder that <c>~</c> stands for; null: a tilde is a name.</param>
internal sealed class MountedFiles(string? home) : IInputFiles
{
    // A Secret or ConfigMap has 1 MiB, so more keys than these are no mounted one.
    private const int MostNames = 10_000;

    public InputFile Read(string path, int maxBytes)
    {
        var place = Place(path);
        try
        {
            using var file = RegularFile.OpenOnce(place);
            var content = new byte[Math.Min(file.Length, maxBytes) + 1];
            var length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return length <= maxBytes
                ? new InputFile(content.AsMemory(0, length), null)
                : new InputFile(null, $"is longer than {maxBytes} bytes; check that it is the right file");
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return InputFile.Absent;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new InputFile(null, FileFault.Describe(place, fault));
        }
    }

    public InputFolder List(string path)
    {
        var place = Place(path);
        try
        {
            var names = FolderListing.Read(place)
                .Where(entry => !entry.IsFolder && !entry.Name.StartsWith("..", StringComparison.Ordinal))
                .Select(entry => entry.Name)
                .Where(name => !Directory.Exists(Path.Combine(place, name)))
                .Take(MostNames + 1)
                .ToList();
            return names.Count <= MostNames
                ? new InputFolder([.. names.Order(StringComparer.Ordinal)], null)
                : new InputFolder(null, $"has more than {MostNames} files; check that it is the right folder");
        }
        catch (DirectoryNotFoundException) when (!File.Exists(place))
        {
            return InputFolder.Absent;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new InputFolder(null, File.Exists(place)
                ? "is a file; name the folder that it is in"
                : fault is UnauthorizedAccessException
                    ? "is not readable by this user; check the folder's mode and owner"
                    : $"cannot be read: {fault.Message}");
        }
    }

    private string Place(string path) => UserPath.Absolute(
        home is not null && (path == "~" || path.StartsWith("~/", StringComparison.Ordinal))
            ? home + path[1..]
            : path);
}
