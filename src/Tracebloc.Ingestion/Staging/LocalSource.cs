namespace Tracebloc.Ingestion.Staging;

/// <summary>Files of this machine.</summary>
public sealed class LocalSource : IStagingSource
{
    private readonly IReadOnlyList<string> _paths;

    /// <summary>Lists files.</summary>
    /// <param name="files">The files, and where each lies.</param>
    /// <exception cref="StagingException">A path is not allowed below a staging folder.</exception>
    public LocalSource(IEnumerable<(StagedFile File, string Path)> files)
    {
        List<(StagedFile File, string Path)> all = [.. files];
        foreach (var (file, path) in all)
            if (StagedPath.FaultOf(file.Path) is { } fault)
                throw new StagingException(
                    StagingFailure.Refused, $"File {path} cannot be sent as {file.Path}: {fault}; rename it");
        Files = [.. all.Select(each => each.File)];
        _paths = [.. all.Select(each => each.Path)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<StagedFile> Files { get; }

    /// <inheritdoc/>
    public IStagingContent Open(int index) => LocalContent.Open(_paths[index], Files[index].Size);
}
