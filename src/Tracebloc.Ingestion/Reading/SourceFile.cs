namespace Tracebloc.Ingestion.Reading;

/// <summary>The file that holds the rows.</summary>
/// <param name="Path">Its place on this machine.</param>
/// <param name="Name">Its name in messages, as the specification writes it.</param>
public sealed record SourceFile(string Path, string Name)
{
    /// <summary>The mark of an earlier pass, which reading must see again; null for the first pass.</summary>
    public SourceMark? Expected { get; init; }

    /// <summary>The part that is read, of a CSV file that an earlier pass has cut; null for all of it.</summary>
    public SourceRange? Range { get; init; }
}
