using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Labels;

/// <summary>The column of a label.</summary>
public static class LabelColumn
{
    private const int MostCharacters = 255;

    /// <summary>
    /// The type by which the label is read: the declared one, else a number where it is cut into bins, else a text.
    /// </summary>
    /// <param name="specification">The specification.</param>
    /// <returns>Null for a data set without a label.</returns>
    public static SqlType? TypeOf(IngestSpecification specification)
    {
        ArgumentNullException.ThrowIfNull(specification);
        if (specification.Label is not { } label) return null;
        var declared = specification.Schema.FirstOrDefault(column => ColumnName.AreSame(column.Name, label.Column));
        return declared?.Type
            ?? (label.Policy == LabelPolicy.Bucket ? new SqlType(SqlBase.Double)
                : specification.Rules.LabelIsText ? new SqlType(SqlBase.Text)
                : new SqlType(SqlBase.VarChar, MostCharacters));
    }
}
