using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Layers;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Destinations.Oci;

/// <summary>Streams the files of a part into a layer.</summary>
/// <param name="settings">The destination.</param>
/// <param name="registry">The registry.</param>
/// <param name="scratch">The folder for files of unknown length; made when it is needed.</param>
internal sealed class OciMoving(OciDestinationSettings settings, IOciRegistry registry, string scratch)
{
    /// <exception cref="UploadException">The source or the registry failed.</exception>
    public async Task<(PushedLayer Layer, PushedBlob Pushed)> MoveAsync(
        PlannedPart part, IModelSource source, Transfer transfer, CancellationToken cancellationToken)
    {
        var reading = new PartReading(source, transfer);
        if (settings.Format != OciFormat.Modelcar)
            return await MoveFileAsync(part.Files[0], reading, cancellationToken);
        if (part.Files is not [{ Length: null } unknown])
            return await MoveTarAsync(part.Files, reading.OpenAsync, reading.ContentOf, cancellationToken);
        Directory.CreateDirectory(scratch);
        using var spooled = await SpooledFile.OfAsync(scratch, source, unknown, transfer, cancellationToken);
        return await MoveTarAsync(
            [unknown with { Length = spooled.Length }],
            (_, offset, _) => Task.FromResult(spooled.Open(offset)),
            _ => spooled.Content,
            cancellationToken);
    }

    private async Task<(PushedLayer, PushedBlob)> MoveTarAsync(
        IReadOnlyList<SourceFile> files,
        Func<SourceFile, long, CancellationToken, Task<Stream>> open,
        Func<SourceFile, Digest?> contentOf,
        CancellationToken cancellationToken)
    {
        var byPath = files.ToDictionary(file => file.Path);
        var layout = LayerLayout.OfTar([.. files.Select(file => new LayerFile(file.Path, file.Length ?? 0))]);
        var content = new LayerContent(layout, (file, offset, token) => open(byPath[file.Path], offset, token));
        var pushed = await registry.PushAsync(
            settings.Target.Image,
            new BlobContent(content.Length, Digest: null, (offset, _) => Task.FromResult(content.Open(offset))),
            cancellationToken);
        var published = files.Select(file => new PublishedFile(file.Path, file.Length ?? 0, contentOf(file)));
        return (new PushedLayer(pushed.Digest, pushed.Length, [.. published]), pushed);
    }

    private async Task<(PushedLayer, PushedBlob)> MoveFileAsync(
        SourceFile file, PartReading reading, CancellationToken cancellationToken)
    {
        var content = new BlobContent(
            file.Length, OciPresence.Stated(file), (offset, token) => reading.OpenAsync(file, offset, token));
        var pushed = await registry.PushAsync(settings.Target.Image, content, cancellationToken);
        var published = new PublishedFile(file.Path, pushed.Length, pushed.Digest);
        return (new PushedLayer(pushed.Digest, pushed.Length, [published]), pushed);
    }
}
