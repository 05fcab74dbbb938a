using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Reading;

/// <summary>The names of a source's columns.</summary>
/// <param name="File">The source as the user named it, for messages.</param>
/// <param name="Names">The names in their order, without blanks around them; no two are equal.</param>
/// <param name="Line">The line of the names, counted from 1; 0 for a source without such a line.</param>
public sealed record RecordHeader(string File, IReadOnlyList<string> Names, long Line = 1)
{
    /// <summary>The place of a column with exactly this name; -1 for none.</summary>
    public int IndexOf(string name)
    {
        for (var i = 0; i < Names.Count; i++)
            if (Names[i] == name) return i;
        return -1;
    }

    /// <summary>The place of a column with this name, else of the only one that differs by case; -1 for none.</summary>
    public int Find(string name)
    {
        var place = IndexOf(name);
        for (var i = 0; place < 0 && i < Names.Count; i++)
            if (ColumnName.AreSame(Names[i], name)) place = i;
        return place < 0 || Names[place] == name || Names.Count(each => ColumnName.AreSame(each, name)) == 1
            ? place : -1;
    }
}
