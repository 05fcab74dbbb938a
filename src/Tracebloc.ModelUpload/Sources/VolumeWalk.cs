using Tracebloc.ModelUpload.Models;
using Tracebloc.Net.Files;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>
/// All files below a folder. A link to a file within the folder is that file, under the link's name: Secrets,
/// ConfigMaps and the cache of Hugging Face consist of such links. Other links are refused, and so are pipes, sockets
/// and devices, unless they are in what is not the model.
/// </summary>
internal sealed class VolumeWalk(VolumeRoot root)
{
    // kubernetes/pkg/volume/util/atomic_writer.go: ..data leads to a folder ..2026_…, and each file to one in ..data.
    private const string KubeletData = "..data", KubeletPrefix = "..";

    // .NET's replacement for bytes that are not UTF-8.
    private const char NotUnicode = '\uFFFD';

    /// <exception cref="UploadException">An entry is not readable, or nothing that a model has.</exception>
    /// <exception cref="IOException">A folder is not readable.</exception>
    public IEnumerable<SourceFile> Files(CancellationToken cancellationToken)
    {
        var folders = new Stack<string>([""]);
        while (folders.TryPop(out var folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var entry in Entries(folder))
            {
                var path = Model($"{folder}{entry.Name}");
                if (!entry.IsFolder)
                    yield return File(path, entry.Kind);
                else if (IsOfModel(path))
                    folders.Push($"{path}/");
                else
                    yield return LeftOut(path);
            }
        }
    }

    private List<FolderEntry> Entries(string folder)
    {
        var entries = FolderListing.Read(Path.Combine(root.Path, folder)).ToList();
        return entries.Exists(entry => entry is { Name: KubeletData, Kind: FileKind.Link })
            ? entries.FindAll(entry => !entry.Name.StartsWith(KubeletPrefix, StringComparison.Ordinal))
            : entries;
    }

    private ModelPath Model(string path)
    {
        if (path.Contains(NotUnicode, StringComparison.Ordinal) && UnlinkedFile.KindOf(Full(path)) == FileKind.Absent)
            throw UploadException.OfSource($"{Full(path)} has a name that is not UTF-8; rename it");
        return ModelPath.TryParse(path, out var model, out var fault)
            ? model
            : throw UploadException.OfSource($"{Full(path)} is no file of a model: its path {fault}; rename it");
    }

    private SourceFile File(ModelPath path, FileKind kind)
    {
        if (!ModelFilter.IsModel(path))
            return LeftOut(path);
        var full = Full(path.Text);
        var real = kind == FileKind.Link ? root.Inside(full) : Path.Combine(root.Path, path.Text);
        return UnlinkedFile.KindOf(real) switch
        {
            FileKind.Regular => Listed(path, FileStamp.Of(real)),
            FileKind.Absent => throw UploadException.OfSource(
                $"{full} vanished while its folder was listed; end the program that writes there and start again"),
            _ when kind == FileKind.Link => throw UploadException.OfSource(
                $"{full} is a link to {real}, which is no file; put the folder itself there"),
            _ => throw UploadException.OfSource($"{full} is a pipe, socket or device; remove it"),
        };
    }

    private SourceFile Listed(ModelPath path, FileStamp stamp) =>
        new(path, stamp.Length, Full(path.Text), VolumeSource.Version(stamp), []);

    private SourceFile LeftOut(ModelPath path) => new(path, null, Full(path.Text), "", []);

    private string Full(string path) => Path.Combine(root.Given, path);

    // lost+found is root's alone, and no fault.
    private static bool IsOfModel(ModelPath folder) =>
        !ModelPath.TryParse($"{folder}/x", out var inside, out _) || ModelFilter.IsModel(inside);
}
