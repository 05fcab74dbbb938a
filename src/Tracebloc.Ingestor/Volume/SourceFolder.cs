using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Volume;

/// <summary>
/// The folder of the file that was asked for last, open: most files of a list are in the folder of the one before. Not
/// for two threads.
/// </summary>
internal sealed class SourceFolder : IDisposable
{
    private VolumeFolder? _folder;

    /// <summary>The folder of a file; null where there is none.</summary>
    /// <exception cref="IOException">It is a link, or below one.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public VolumeFolder? Of(string file)
    {
        var path = Path.GetDirectoryName(file) ?? "/";
        if (_folder?.Path == path) return _folder;
        _folder?.Dispose();
        _folder = null;
        if (UnlinkedFile.KindOf(path) == FileKind.Absent) return null;
        return _folder = VolumeFolder.Open(path);
    }

    public void Dispose() => _folder?.Dispose();
}
