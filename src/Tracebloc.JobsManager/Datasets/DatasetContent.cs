namespace Tracebloc.JobsManager.Datasets;

/// <summary>A column of a data set's table.</summary>
internal sealed record DatasetColumn(string Name, string Type);

/// <summary>The rows of one label; null is a label too.</summary>
internal sealed record LabelCount(string? Label, long Count);

/// <summary>The labels of a data set, the most frequent first.</summary>
/// <param name="Counts">No more than <see cref="Most"/>.</param>
/// <param name="HasMore">True where there are more.</param>
internal sealed record LabelCounts(IReadOnlyList<LabelCount> Counts, bool HasMore)
{
    public const int Most = 1000;

    public static LabelCounts Of(IReadOnlyList<LabelCount> read) => new([.. read.Take(Most)], read.Count > Most);
}

/// <summary>The parts of a data set that are removed with it.</summary>
internal sealed record DatasetLoss(string Table, long Rows, long Bytes, long Files, int Runs);
