using Tracebloc.ModelUpload.Models;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Layers;

/// <summary>
/// The annotations by which olot, and so a later run of this program, knows what a layer holds without reading it.
/// </summary>
/// <seealso href="https://github.com/containers/olot"/>
internal static class LayerAnnotations
{
    public const string Title = "org.opencontainers.image.title";
    public const string Content = "olot.layer.content.digest";
    public const string InLayerPath = "olot.layer.content.inlayerpath";
    public const string Name = "olot.layer.content.name";
    public const string Type = "olot.layer.content.type";

    private const string Root = "/" + LayerLayout.Folder;

    /// <summary>Those of a layer of one file, in the order of their names.</summary>
    public static IReadOnlyDictionary<string, string> OfFile(ModelPath path, Digest content) =>
        new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [Content] = content.ToString(),
            [InLayerPath] = Root + path.Text,
            [Name] = path.Name,
            [Type] = "file",
            [Title] = path.Text,
        };

    /// <summary>Those of a layer that files share; no title, by which tools would unpack it as a file.</summary>
    public static IReadOnlyDictionary<string, string> OfFolder() =>
        new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [InLayerPath] = Root,
            [Name] = LayerLayout.Folder.TrimEnd('/'),
            [Type] = "directory",
        };

    /// <summary>The file that a layer consists of; null where the annotations name none.</summary>
    public static (ModelPath Path, Digest Content)? FileOf(IReadOnlyDictionary<string, string> annotations)
    {
        var place = annotations.GetValueOrDefault(InLayerPath, "");
        return annotations.GetValueOrDefault(Type) == "file"
            && place.StartsWith(Root, StringComparison.Ordinal)
            && ModelPath.TryParse(place[Root.Length..], out var path, out _)
            && Digest.TryParse(annotations.GetValueOrDefault(Content), out var content)
                ? (path, content)
                : null;
    }
}
