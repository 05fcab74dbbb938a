namespace Tracebloc.Ingestion.Columns;

/// <summary>
/// Reads the cells of one column as values of its type: for validation and for loading alike, so that a value which
/// validates loads. An instance may hold state of its column, and serves one thread at a time.
/// </summary>
public abstract class ValueReader
{
    private readonly NullWords _nulls;

    private protected ValueReader(SqlType type, NullWords nulls) => (Type, _nulls) = (type, nulls);

    /// <summary>The declared type.</summary>
    public SqlType Type { get; }

    /// <summary>A reader for the cells of one column.</summary>
    /// <param name="type">The declared type.</param>
    /// <param name="nulls">The words that stand for a missing value.</param>
    /// <param name="order">The order of day and month where it is known from an earlier pass.</param>
    public static ValueReader For(SqlType type, NullWords nulls, DateOrder order = DateOrder.Unknown)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.Base switch
        {
            <= SqlBase.BigInt => new IntegerReader(type, nulls),
            SqlBase.Float or SqlBase.Double => new DoubleReader(type, nulls),
            SqlBase.Decimal => new DecimalReader(type, nulls),
            SqlBase.Bool => new BoolReader(type, nulls),
            <= SqlBase.Blob => new TextReader(type, nulls),
            SqlBase.Time => new TimeReader(type, nulls),
            _ => new DateReader(type, nulls, order),
        };
    }

    /// <summary>Reads a cell.</summary>
    /// <param name="cell">The cell as its file holds it.</param>
    /// <param name="output">Takes the value, the word that stands for NULL, or the fault.</param>
    public CellVerdict Read(Cell cell, ref CellOutput output)
    {
        output.Text = default;
        if (_nulls.Contains(cell.Text, out var word))
        {
            output.NullWord = word;
            return CellVerdict.Null;
        }

        output.Fault = ReadValue(Blanks.Trim(cell.Text), ref output);
        return output.Fault == CellFault.None ? CellVerdict.Value : CellVerdict.Fault;
    }

    /// <summary>The message for a cell that <see cref="Read"/> found at fault, with its remedy.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="fault">The fault.</param>
    public string Explain(Cell cell, CellFault fault) => CellMessage.For(Type, Blanks.Trim(cell.Text), fault);

    /// <summary>Reads a trimmed text that is no NULL.</summary>
    /// <param name="text">UTF-8, not empty.</param>
    /// <param name="output">Takes the value.</param>
    private protected abstract CellFault ReadValue(ReadOnlySpan<byte> text, ref CellOutput output);
}
