using Tracebloc.Configuration;
using Tracebloc.Ingestion.Columns;

namespace Tracebloc.Ingestion.Specifications;

/// <summary>A described data set: an ingest.yaml that was read without an error, with every default applied.</summary>
public sealed record IngestSpecification
{
    /// <summary>The name of the category, <c>tabular_regression</c>.</summary>
    public required string Category { get; init; }

    /// <summary>The rules of that category.</summary>
    public CategoryRules Rules => Categories.Find(Category)
        ?? throw new InvalidOperationException($"{Category} is not a category");

    /// <summary>The table that the rows go to, and the folder that the files go to.</summary>
    public required string Table { get; init; }

    /// <summary>The use of the rows.</summary>
    public required Intent Intent { get; init; }

    /// <summary>The path of the file that holds the rows, as it was written.</summary>
    public required string Source { get; init; }

    /// <summary>The format of that file.</summary>
    public required SourceFormat Format { get; init; }

    /// <summary>The declared columns in their order; none where the category needs no schema.</summary>
    public IReadOnlyList<Column> Schema { get; init; } = [];

    /// <summary>Null where the category has no label.</summary>
    public LabelSpecification? Label { get; init; }

    /// <summary>The folders of the files, as they were written.</summary>
    public FileFolders Folders { get; init; } = new();

    /// <summary>The column of a survival time; null elsewhere.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>The source of the ids.</summary>
    public DataIdSpecification DataId { get; init; } = new(DataIdStrategy.Uuid);

    /// <summary>The form of a CSV file.</summary>
    public CsvOptions Csv { get; init; } = new();

    /// <summary>The form of the files.</summary>
    public FileOptions Files { get; init; } = new();

    /// <summary>The processors that rows pass through, in order.</summary>
    public IReadOnlyList<ProcessorSpecification> Processors { get; init; } = [];

    /// <summary>Remarks that stop nothing: ignored keys, and ids that leave the cluster.</summary>
    public IReadOnlyList<ConfigurationError> Warnings { get; init; } = [];

    /// <summary>The columns of the table that are features: the schema without label, annotation and id.</summary>
    public IReadOnlyList<Column> Features => [.. Schema.Where(column => !IsPrivate(column.Name))];

    /// <summary>The columns of the table beside the standard ones.</summary>
    public TableShape Shape => new(Features, Rules.LabelIsText, Rules.HasMaskColumn);

    /// <summary>
    /// The form of the source where processors are: one may make any column, so none is known before it.
    /// </summary>
    public IngestSpecification SourceForm => Processors.Count == 0 ? this : this with
    {
        Schema = [],
        Label = null,
        TimeColumn = null,
        DataId = new(DataIdStrategy.Uuid),
    };

    private bool IsPrivate(string column) =>
        Label is { } label && ColumnName.AreSame(label.Column, column)
        || DataId.Column is { } id && ColumnName.AreSame(id, column)
        || Rules.AnnotationColumn == column;
}
