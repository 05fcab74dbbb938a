namespace Tracebloc.Ingestion.Validation;

/// <summary>A validator that looks into each file by itself: shares of the files give what all of them give.</summary>
internal interface IShareable : IFolderValidator
{
    /// <summary>Looks into the files of a share.</summary>
    Task LookAsync(FilesShare share, FilesFindings found, CancellationToken cancellationToken);

    /// <inheritdoc/>
    async Task IFolderValidator.CheckAsync(Findings findings, CancellationToken cancellationToken)
    {
        var found = new FilesFindings();
        await LookAsync(FilesShare.All, found, cancellationToken);
        found.Flush(findings);
    }
}
