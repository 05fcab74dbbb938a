namespace Tracebloc.Ingestor.Tables;

/// <summary>A column of a table that is there.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DataType">The base type in lower case: <c>varchar</c>.</param>
/// <param name="Declared">The whole type: <c>varchar(20)</c>, <c>int(11) unsigned</c>.</param>
internal sealed record ColumnFacts(string Name, string DataType, string Declared)
{
    /// <summary>The most characters of a text; the most digits of a decimal; null elsewhere.</summary>
    public long? Size { get; init; }

    /// <summary>The digits of a decimal after its point, or those of a time after its seconds.</summary>
    public long Scale { get; init; }

    public bool IsNullable { get; init; } = true;

    public bool IsUnsigned => Declared.Contains("unsigned", StringComparison.OrdinalIgnoreCase);
}
