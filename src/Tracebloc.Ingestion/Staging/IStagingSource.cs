namespace Tracebloc.Ingestion.Staging;

/// <summary>The place where the files of a transfer come from.</summary>
public interface IStagingSource
{
    /// <summary>The files.</summary>
    IReadOnlyList<StagedFile> Files { get; }

    /// <summary>Opens one of them; called by several threads.</summary>
    /// <param name="index">Its place in the list.</param>
    /// <exception cref="StagingException">It cannot be read, or is not as it was listed.</exception>
    IStagingContent Open(int index);
}
