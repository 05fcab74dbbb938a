using System.Text;
using Tracebloc.Configuration;
using Tracebloc.Net.Files;

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
        return ConfigurationDocument.Parse(text, errors, YamlRules.Go) is { } root
            ? new ValuesFile(path, text, root) { IsMarked = isMarked }
            : null;
    }

    /// <summary>Replaces the file; see <see cref="FileReplacement.Write"/>.</summary>
    /// <exception cref="ConfigurationException">It cannot be written; it is as it was.</exception>
    public void Write(string text)
    {
        try
        {
            FileReplacement.Write(Path, Encoding.UTF8.GetBytes((IsMarked ? ByteOrderMark : "") + text));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{Path}: cannot be written: {exception.Message}", exception);
        }
    }
}
