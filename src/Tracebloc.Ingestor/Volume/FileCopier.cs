using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Volume;

/// <summary>Copies files into a run's hidden folder, for one thread.</summary>
/// <param name="folder">The hidden folder.</param>
internal sealed class FileCopier(RunFolder folder) : IDisposable
{
    private readonly SourceFolder _sources = new();

    /// <summary>Copies a file, unless an earlier attempt has copied all of it.</summary>
    /// <returns>The bytes copied.</returns>
    /// <exception cref="IOException">It is gone, no regular file, or its folder is a link.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public long Copy(PlacedFile file)
    {
        var target = Path.Combine(folder.Data, file.Name);
        if (_sources.Of(file.Source) is not { } sources)
            throw new IOException($"{Path.GetDirectoryName(file.Source)} does not exist any more");
        using var source = sources.OpenFile(Path.GetFileName(file.Source));
        if (UnlinkedFile.KindOf(target) == FileKind.Regular)
        {
            // Killed or cut off at any moment, an attempt may have left a part of it, even one of the same length.
            if (VolumeFile.IsCopy(source, target)) return 0;
            File.Delete(target);
        }

        try
        {
            // Another file of the name is being copied: the number of files tells it in the end.
            return VolumeFile.Copy(source, target) ?? 0;
        }
        catch (DirectoryNotFoundException)
        {
            throw new IOException("this run was taken over by another attempt");
        }
    }

    public void Dispose() => _sources.Dispose();
}
