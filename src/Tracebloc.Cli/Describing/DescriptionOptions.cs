using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Describing;

/// <summary>A data set as flags describe it; null, or empty, where the user gave none.</summary>
internal sealed record DescriptionOptions
{
    public string? Table { get; init; }

    public CategoryRules? Category { get; init; }

    public Intent? Intent { get; init; }

    public string? LabelColumn { get; init; }

    public LabelPolicy? LabelPolicy { get; init; }

    public ImageSize? TargetSize { get; init; }

    public ImageSize? MinSize { get; init; }

    /// <summary>The types of some columns; those of the others are inferred.</summary>
    public IReadOnlyList<Column> Schema { get; init; } = [];

    public string? TimeColumn { get; init; }

    public int? NumberOfKeypoints { get; init; }

    /// <summary>The ingest.yaml that stands in for all of the above.</summary>
    public string? Config { get; init; }

    /// <summary>True where the description is a draft to edit: a table's name is made up.</summary>
    public bool IsDraft { get; init; }
}
