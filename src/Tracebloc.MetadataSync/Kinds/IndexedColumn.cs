namespace Tracebloc.MetadataSync.Kinds;

/// <summary>A value of an object that has a column of its own, so that queries need not read the JSON.</summary>
/// <param name="Name">The column: lower-case letters, digits and underscores, as users' SQL names it.</param>
/// <param name="Path">The members from the root of the object, with dots between: <c>spec.owner.name</c>.</param>
/// <param name="Type">The type of the column.</param>
internal sealed record IndexedColumn(string Name, string Path, ColumnType Type = ColumnType.Text)
{
    /// <summary>The characters of a text column.</summary>
    public int Length { get; init; } = 255;

    /// <summary>The members of the path.</summary>
    public IReadOnlyList<string> Members => Path.Split('.');
}
