using System.Text;
using Tracebloc.Configuration;

namespace Tracebloc.ImageRefresh.Pin;

/// <summary>A chart's values: the text as it stands in the file, and the tree that it means.</summary>
internal sealed record ValuesFile(string Path, string Text, ConfigurationNode.Mapping Root)
{
    private const string ByteOrderMark = "\uFEFF";

    private bool IsMarked { get; init; }

    /// <returns>Null when the file cannot be used, and the errors say why.</returns>
    public static ValuesFile? Read(string path, ConfigurationErrors errors) =>
        ConfigurationDocument.ReadText(path, errors) is { } read ? Parse(path, read, errors) : null;

    public static ValuesFile? Parse(string path, string read, ConfigurationErrors errors)
    {
        var isMarked = read.StartsWith(ByteOrderMark, StringComparison.Ordinal);
        var text = isMarked ? read[ByteOrderMark.Length..] : read;
        return ConfigurationDocument.Parse(text, errors, anchors: true) is { } root
            ? new ValuesFile(path, text, root) { IsMarked = isMarked }
            : null;
    }

    /// <summary>Replaces the file in one step: whoever reads it meanwhile sees the old one or the new.</summary>
    /// <exception cref="ConfigurationException">It cannot be written; it is as it was.</exception>
    public void Write(string text)
    {
        try
        {
            // A link stays one: what it leads to is replaced.
            var target = File.ResolveLinkTarget(Path, returnFinalTarget: true)?.FullName ?? Path;
            Replace(target, (IsMarked ? ByteOrderMark : "") + text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{Path}: cannot be written: {exception.Message}", exception);
        }
    }

    private static void Replace(string target, string text)
    {
        // In the same folder, since a rename is one step only within a file system.
        var written = $"{target}.{System.IO.Path.GetRandomFileName()}";
        try
        {
            Write(written, text, like: target);
            File.Move(written, target, overwrite: true);
        }
        finally
        {
            if (File.Exists(written)) File.Delete(written);
        }
    }

    // Values may hold passwords: whoever the file is closed to, it is closed to from its first byte on. Its mode is set
    // once more because the process's mask may have narrowed it.
    private static void Write(string path, string text, string like)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = File.GetUnixFileMode(like);
        using var stream = new FileStream(path, options);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(like));
        stream.Write(Encoding.UTF8.GetBytes(text));
        stream.Flush(flushToDisk: true);
    }
}
