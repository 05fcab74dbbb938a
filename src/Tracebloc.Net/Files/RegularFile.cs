using System.Text;

namespace Tracebloc.Net.Files;

/// <summary>Reads files that other users may have put where this program keeps its own.</summary>
public static class RegularFile
{
    /// <summary>Reads a file of bounded length, as UTF-8. A link counts as no file: it is not followed.</summary>
    /// <remarks>
    /// Between the look at the file and opening it, a user who may write to the folder can put another one there.
    /// </remarks>
    /// <param name="path">The file; it need not exist.</param>
    /// <param name="maxBytes">The most bytes that are read.</param>
    /// <param name="token">Cancels reading.</param>
    /// <returns>Empty where there is no file; null where it is longer.</returns>
    /// <exception cref="IOException">
    /// The file cannot be read, or is a folder, pipe or device, or a link to one.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the file.</exception>
    public static async Task<string?> ReadTextAsync(string path, int maxBytes, CancellationToken token)
    {
        path = UserPath.Absolute(path);
        RefuseOthers(path);
        if (FileSystem.KindOf(path) != FileKind.Regular)
            return "";
        await using var file = File.OpenRead(path);
        if (file.Length > maxBytes)
            return null;
        var content = await BoundedBody.ReadAsync(file, file.Length, maxBytes, token);
        return content is { Span: var text } ? Encoding.UTF8.GetString(text) : null;
    }

    /// <summary>Opens a file to be read once, from its beginning to its end. A link is followed.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">
    /// The file is missing, or is a folder, pipe or device: opening one of those may never end.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the file.</exception>
    public static FileStream OpenOnce(string path)
    {
        path = UserPath.Absolute(path);
        RefuseOthers(path);
        return new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Open,
            Access = FileAccess.Read,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            Options = FileOptions.SequentialScan,
        });
    }

    private static void RefuseOthers(string path)
    {
        if (FileSystem.KindOf(path, followLinks: true) == FileKind.Other)
            throw new IOException($"{path} is no regular file; give another path");
    }
}
