using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>A data set to validate.</summary>
/// <param name="Specification">Its description.</param>
/// <param name="Records">Its rows; disposed by the caller.</param>
/// <param name="Scratch">A folder for scratch files, which are gone in the end.</param>
/// <param name="Time">The clock.</param>
public sealed record ValidationInput(
    IngestSpecification Specification, RecordReader Records, string Scratch, TimeProvider Time)
{
    /// <summary>Validators of rows beside those of columns.</summary>
    public IReadOnlyList<IRowValidator> Rows { get; init; } = [];

    /// <summary>Opens the rows once more, to find the lines of repeated ids; null: their number is found.</summary>
    public Func<CancellationToken, Task<RecordReader>>? Reopen { get; init; }

    /// <summary>Validators of folders.</summary>
    public IReadOnlyList<IFolderValidator> Folders { get; init; } = [];
}
