using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Options;
using Tracebloc.Net.Files;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>A model in a mounted folder, or a model of one mounted file.</summary>
/// <param name="settings">The folder or file. Its own path may lead over links.</param>
internal sealed class VolumeSource(VolumeSettings settings) : IModelSource
{
    public string Name => $"file://{settings.Path}";

    public Task<SourceListing> ListAsync(CancellationToken cancellationToken) =>
        Task.Run(() => ModelFilter.Of(Name, List(cancellationToken)), cancellationToken);

    public Task<Stream> OpenAsync(SourceFile file, long offset, CancellationToken cancellationToken) =>
        Task.Run(() => Open(file, offset), cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The version of a file: its length, number and time. A change of its owner or mode is none.</summary>
    internal static string Version(FileStamp stamp) => $"{stamp.Length}-{stamp.Inode}-{stamp.Modified}";

    private List<SourceFile> List(CancellationToken cancellationToken)
    {
        try
        {
            var root = VolumeRoot.Of(settings.Path);
            return [.. root.IsFile ? [Single(root)] : new VolumeWalk(root).Files(cancellationToken)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw UploadException.OfSource($"{Name} cannot be read: {e.Message}", e);
        }
    }

    private static SourceFile Single(VolumeRoot root)
    {
        if (!ModelPath.TryParse(Path.GetFileName(root.Given), out var path, out var fault))
            throw UploadException.OfSource($"{root.Given} is no file of a model: its name {fault}");
        var stamp = FileStamp.Of(root.Path);
        return new SourceFile(path, stamp.Length, root.Given, Version(stamp), []);
    }

    private Stream Open(SourceFile file, long offset)
    {
        try
        {
            var root = VolumeRoot.Of(settings.Path);
            var path = root.IsFile ? root.Path : root.Inside(file.Address);
            return VolumeStream.Open(file, path, offset);
        }
        catch (FileNotFoundException e)
        {
            throw UploadException.OfSource($"{file.Address} has gone since it was listed; start again", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw UploadException.OfSource($"{file.Address} cannot be read: {e.Message}", e);
        }
        catch (IOException e)
        {
            // A stale handle of NFS among them: opened once more, it is the file again.
            throw UploadException.OfSource($"{file.Address} cannot be read: {e.Message}", e, isTransient: true);
        }
    }
}
