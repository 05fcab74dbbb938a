using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Volume;

/// <summary>
/// Moves staged files into a run's hidden folder. Not for two threads: a folder takes one file at a time.
/// </summary>
/// <param name="folder">The hidden folder.</param>
internal sealed class FileMover(RunFolder folder) : IDisposable
{
    private readonly SourceFolder _sources = new();

    /// <summary>Moves a file.</summary>
    /// <returns>False where it is to be copied: in another mount.</returns>
    /// <exception cref="IOException">It is gone, no regular file, or its folder is a link.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not move it.</exception>
    public bool TryMove(PlacedFile file)
    {
        var (source, target) = (file.Source, Path.Combine(folder.Data, file.Name));
        var name = Path.GetFileName(source);
        var sources = _sources.Of(source);
        switch (sources?.MoveOut(name, target) ?? RenameResult.Absent)
        {
            case RenameResult.Done when UnlinkedFile.KindOf(target) == FileKind.Regular:
                return true;
            case RenameResult.Done:
                sources?.MoveIn(target, name);
                throw new IOException($"{source} is no regular file; put the file itself there");
            case RenameResult.Absent when UnlinkedFile.KindOf(target) == FileKind.Regular:
                return true; // by an earlier attempt
            case RenameResult.Absent:
                throw new IOException(
                    $"{source} does not exist any more, or this run was taken over by another attempt");
            case RenameResult.OtherFileSystem:
                return false;
            default:
                throw new IOException($"{target} is a folder");
        }
    }

    public void Dispose() => _sources.Dispose();
}
