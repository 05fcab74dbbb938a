namespace Tracebloc.Ingestion.Validation;

/// <summary>Validates files beside the pass over the records; several run at once.</summary>
public interface IFolderValidator
{
    /// <summary>The name in messages: <c>ImageResolution</c>.</summary>
    string Name { get; }

    /// <summary>Looks at all files.</summary>
    Task CheckAsync(Findings findings, CancellationToken cancellationToken);
}
