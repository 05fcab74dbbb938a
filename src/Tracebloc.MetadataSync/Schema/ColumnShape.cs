namespace Tracebloc.MetadataSync.Schema;

/// <summary>A column that a table needs.</summary>
/// <param name="Name">Its name; without back-ticks.</param>
/// <param name="Type">Its type as SQL writes it: <c>VARCHAR(255)</c>.</param>
internal sealed record ColumnShape(string Name, string Type)
{
    public bool IsNullable { get; init; }

    /// <summary>The server numbers the rows.</summary>
    public bool IsNumbered { get; init; }

    /// <summary>The definition as CREATE TABLE and ALTER TABLE take it; texts have a binary collation.</summary>
    public string Sql =>
        $"`{Name}` {Type}{(IsText ? $" {TableShape.Collation}" : "")}{(IsNullable ? " NULL" : " NOT NULL")}"
        + (IsNumbered ? " AUTO_INCREMENT" : "");

    /// <summary>The value that stands for NULL where a column no longer may hold it.</summary>
    public string Empty => IsText ? "''"
        : Type.StartsWith("DATETIME", StringComparison.Ordinal) ? "'1970-01-01 00:00:00'" : "0";

    public bool IsText => Type.StartsWith("VARCHAR", StringComparison.Ordinal)
        || Type.EndsWith("TEXT", StringComparison.Ordinal);
}
