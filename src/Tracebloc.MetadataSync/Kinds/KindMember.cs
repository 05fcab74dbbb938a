namespace Tracebloc.MetadataSync.Kinds;

/// <summary>A member of a kind as the configuration names it.</summary>
/// <param name="Name">The member: <c>plural</c>; empty for the whole kind.</param>
/// <param name="Place">The place in a list of columns or keys; -1 for the list itself, and for what is no list.</param>
/// <param name="Below">The member of a column; empty for the column.</param>
internal readonly record struct KindMember(string Name, int Place = -1, string Below = "")
{
    /// <summary><c>columns[1].name</c>.</summary>
    public override string ToString() =>
        Place < 0 ? Name : $"{Name}[{Place}]{(Below.Length > 0 ? $".{Below}" : "")}";
}
