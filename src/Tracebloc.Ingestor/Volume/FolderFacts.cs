namespace Tracebloc.Ingestor.Volume;

/// <summary>The folder of a data set's files, before a run.</summary>
/// <param name="HasFiles">True where it holds anything.</param>
/// <param name="Owner">The key of the run whose marker it holds; null for none.</param>
internal sealed record FolderFacts(bool HasFiles, string? Owner = null)
{
    public static FolderFacts Free { get; } = new(HasFiles: false);
}
