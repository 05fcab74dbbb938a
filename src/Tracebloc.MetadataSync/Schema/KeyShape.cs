namespace Tracebloc.MetadataSync.Schema;

/// <summary>A key that a table needs.</summary>
/// <param name="Columns">Its columns in their order.</param>
internal sealed record KeyShape(params IReadOnlyList<string> Columns)
{
    public bool IsPrimary { get; init; }

    public bool IsUnique { get; init; }

    /// <summary>The key under a name as CREATE TABLE and ALTER TABLE take it.</summary>
    public string Sql(string name) => IsPrimary
        ? $"PRIMARY KEY ({Quoted})"
        : $"{(IsUnique ? "UNIQUE KEY" : "KEY")} `{name}` ({Quoted})";

    private string Quoted => string.Join(", ", Columns.Select(column => $"`{column}`"));
}
