using Tracebloc.ModelUpload.Layers;
using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Options;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Destinations.Oci;

/// <summary>A blob of the destination that holds files of the model.</summary>
/// <param name="Digest">Its digest, and as it is not compressed its diff_id.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Files">The files, with their digests.</param>
internal sealed record PushedLayer(Digest Digest, long Size, IReadOnlyList<PublishedFile> Files)
{
    /// <summary>The line of its history: its first file, and how many more.</summary>
    public string Title => Files.Count == 1 ? Files[0].Path.Text : $"{Files[0].Path} and {Files.Count - 1} more";

    /// <summary>The type of a layer of files, by the image's form.</summary>
    public static string MediaTypeOf(OciFormat format, ModelPath first) => format switch
    {
        OciFormat.Modelcar => OciMedia.Layer,
        OciFormat.ModelPack => ModelPackMedia.Of(first),
        _ => OciMedia.File,
    };

    public Descriptor Describe(OciFormat format) => new()
    {
        MediaType = MediaTypeOf(format, Files[0].Path),
        Digest = Digest,
        Size = Size,
        Annotations = Annotations(format),
    };

    private IReadOnlyDictionary<string, string> Annotations(OciFormat format)
    {
        var path = Files[0].Path;
        if (format == OciFormat.Modelcar)
        {
            return Files is [{ Content: { } content }]
                ? LayerAnnotations.OfFile(path, content)
                : LayerAnnotations.OfFolder();
        }

        var annotations = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [LayerAnnotations.Title] = path.Text,
        };
        if (format == OciFormat.ModelPack)
            annotations[ModelPackMedia.FilePath] = path.Text;
        return annotations;
    }
}
