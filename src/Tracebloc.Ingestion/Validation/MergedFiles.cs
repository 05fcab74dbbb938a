namespace Tracebloc.Ingestion.Validation;

/// <summary>A validator whose files were looked into share by share.</summary>
internal sealed class MergedFiles(string name, FilesFindings found) : IFolderValidator
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public Task CheckAsync(Findings findings, CancellationToken cancellationToken)
    {
        found.Flush(findings);
        return Task.CompletedTask;
    }
}
