using Tracebloc.ModelUpload.Layers;
using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Destinations.Oci;

/// <summary>
/// Finds the layers that are at the destination already, without reading a file: by the record of an earlier run where
/// address and version or the stated SHA-256 are equal, else by the layer's own annotations and the stated SHA-256.
/// </summary>
/// <param name="format">The form of the layers.</param>
/// <param name="layers">The layers of the manifest that the tag stands for.</param>
/// <param name="records">The records of that manifest.</param>
internal sealed class OciPresence(
    OciFormat format, IReadOnlyList<Descriptor> layers, IReadOnlyList<OciRecord> records)
{
    private readonly Dictionary<string, Descriptor> _layers =
        layers.DistinctBy(layer => layer.Digest).ToDictionary(layer => layer.Digest.ToString());

    /// <summary>The layer that holds just these files; null where none does or that is not known.</summary>
    public PushedLayer? Find(IReadOnlyList<SourceFile> files) =>
        records.Select(record => ByRecord(record, files)).FirstOrDefault(found => found is not null)
        ?? (files is [var file] ? ByAnnotations(file) : null);

    private PushedLayer? ByRecord(OciRecord record, IReadOnlyList<SourceFile> files)
    {
        var known = record.Files.ToLookup(file => file.Path);
        var found = files.Select(file => (file, known[file.Path.Text].FirstOrDefault(each => IsSame(each, file))));
        var (published, place) = (new List<PublishedFile>(), "");
        foreach (var (file, entry) in found)
        {
            if (entry is null || !Digest.TryParse(entry.Sha256, out var content))
                return null;
            if (place != "" && place != entry.Layer)
                return null;
            published.Add(new PublishedFile(file.Path, entry.Length, content));
            place = entry.Layer;
        }

        var isWhole = record.Files.Count(file => file.Layer == place) == files.Count;
        return isWhole ? At(place, files[0].Path, published) : null;
    }

    private PushedLayer? At(string digest, ModelPath first, IReadOnlyList<PublishedFile> files) =>
        _layers.TryGetValue(digest, out var layer) && layer.MediaType == PushedLayer.MediaTypeOf(format, first)
            ? new PushedLayer(layer.Digest, layer.Size, files)
            : null;

    private PushedLayer? ByAnnotations(SourceFile file)
    {
        if (Stated(file) is not { } content || file.Length is not { } length)
            return null;
        var layer = _layers.Values.FirstOrDefault(each => Holds(each, file.Path, content));
        var size = format == OciFormat.Modelcar
            ? LayerLayout.OfTar([new LayerFile(file.Path, length)]).Length
            : length;
        return layer?.Size == size
            ? At(layer.Digest.ToString(), file.Path, [new PublishedFile(file.Path, length, content)])
            : null;
    }

    private bool Holds(Descriptor layer, ModelPath path, Digest content) => format == OciFormat.Modelcar
        ? LayerAnnotations.FileOf(layer.Annotations) == (path, content)
        : layer.Digest == content && layer.Annotations.GetValueOrDefault(LayerAnnotations.Title) == path.Text;

    private static bool IsSame(OciRecordFile known, SourceFile file)
    {
        if (file.Length is { } length && length != known.Length)
            return false;
        if (Stated(file) is { } stated)
            return stated.ToString() == known.Sha256;
        return known.Address == file.Address && known.Version == file.Version && file.Length is not null;
    }

    /// <summary>The SHA-256 that the source states.</summary>
    public static Digest? Stated(SourceFile file) =>
        file.Stated.FirstOrDefault(hash => hash.Kind == HashKind.Sha256) is { } hash
        && Digest.TryParse($"sha256:{hash.Hex}", out var digest)
            ? digest
            : null;
}
