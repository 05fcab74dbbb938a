using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Checks that every feature is declared as a number; the values are checked by their types.</summary>
internal sealed class NumericColumnsValidator(IReadOnlyList<Column> features) : IMergeable
{
    /// <inheritdoc/>
    public string Name => nameof(ValidatorName.NumericColumns);

    /// <inheritdoc/>
    public void Begin(RecordHeader header, Findings findings)
    {
        foreach (var (name, type) in features)
        {
            if (type.IsNumeric || type.Base == SqlBase.Bool) continue;
            findings.Add(new(
                header.File, 0, 0, name,
                $"is {type.Declared}, and features of a time series are numbers; declare a numeric type, "
                    + "or remove the column from schema"));
        }
    }

    /// <inheritdoc/>
    public void Look(RecordBatch batch, Findings findings)
    {
    }

    /// <inheritdoc/>
    public void End(Findings findings)
    {
    }
}
