using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Labels;
using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Ingestion.Validation;

/// <summary>The result of a validation, with everything that loading needs to know of the rows.</summary>
public sealed record ValidationResult
{
    /// <summary>The findings of each validator, in the order of the report.</summary>
    public required IReadOnlyList<Findings> Findings { get; init; }

    /// <summary>The rows that could be read.</summary>
    public required long Rows { get; init; }

    /// <summary>False where columns were not validated, since processors that were not run may change them.</summary>
    public bool HasColumns { get; init; } = true;

    /// <summary>The mark of the source, which loading must see again; null where reading broke off.</summary>
    public required SourceMark? Mark { get; init; }

    /// <summary>The bins of the label; null without bins, and where the table's train run has them.</summary>
    public BinBoundaries? Boundaries { get; init; }

    /// <summary>The order of day and month in each column of dates.</summary>
    public IReadOnlyDictionary<string, DateOrder> DateOrders { get; init; } = new Dictionary<string, DateOrder>();

    /// <summary>The cells that become NULL, by column.</summary>
    public IReadOnlyList<ColumnNulls> Nulls { get; init; } = [];

    /// <summary>The values that lost blanks around them, by column.</summary>
    public IReadOnlyList<TrimmedCells> Trimmed { get; init; } = [];

    /// <summary>Remarks on cells whose value is not the one of the file, a line for each column.</summary>
    public IEnumerable<string> Remarks =>
        Nulls.Select(column => column.ToString()).Concat(Trimmed.Select(column => column.ToString()));

    /// <summary>The result for a source that cannot be read from its beginning.</summary>
    public static ValidationResult Unreadable(ReadingException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var findings = new Findings(ReadingFindings.Name);
        findings.Add(ReadingFindings.Of(error.File, error.Fault));
        return new() { Findings = [findings], Rows = 0, Mark = null };
    }

    /// <summary>The number of all faults.</summary>
    public long Faults => Findings.Sum(each => each.Total);

    /// <summary>True where the data set may be loaded.</summary>
    public bool IsValid => Faults == 0;
}
