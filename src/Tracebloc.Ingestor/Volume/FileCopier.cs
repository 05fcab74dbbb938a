using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Volume;

/// <summary>Copies files into a run's hidden folder, for one thread.</summary>
/// <param name="folder">The hidden folder.</param>
internal sealed class FileCopier(RunFolder folder) : IDisposable
{
    private readonly SourceFolder _sources = new();
    private CopyNote? _note;

    /// <summary>Copies a file that is not there.</summary>
    /// <returns>The bytes copied; 0 where a file of the name is there.</returns>
    /// <exception cref="IOException">It is gone, no regular file, or its folder is a link.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public long Copy(PlacedFile file)
    {
        var target = Path.Combine(folder.Data, file.Name);
        if (UnlinkedFile.KindOf(target) == FileKind.Regular) return 0;
        if (_sources.Of(file.Source) is not { } sources)
            throw new IOException($"{Path.GetDirectoryName(file.Source)} does not exist any more");
        using var source = sources.OpenFile(Path.GetFileName(file.Source));
        try
        {
            _note ??= CopyNote.Open(folder.Notes);
            _note.Write(file.Name);
            return VolumeFile.Copy(source, target) ?? 0;
        }
        catch (DirectoryNotFoundException)
        {
            throw new IOException("this run was taken over by another attempt");
        }
    }

    public void Dispose()
    {
        _note?.Dispose();
        _sources.Dispose();
    }
}
