using Tracebloc.Configuration;
using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Finds the columns of a specification in a file's header.</summary>
internal static class HeaderColumns
{
    /// <summary>The place of a column; -1 where there is none, which is a fault.</summary>
    /// <param name="header">The columns of the file.</param>
    /// <param name="name">The column as the specification names it.</param>
    /// <param name="findings">Takes the fault, or a note where the case of letters differs.</param>
    public static int Require(RecordHeader header, string name, Findings findings)
    {
        var place = header.Find(name);
        if (place < 0)
            findings.Add(new(header.File, header.Line, 0, null, $"has no column \"{name}\"; {Remedy(header, name)}"));
        else if (header.Names[place] != name)
            findings.Note($"Column \"{header.Names[place]}\" of {header.File} is read as \"{name}\"");
        return place;
    }

    private static string Remedy(RecordHeader header, string name) =>
        header.Names is [var only] && only.AsSpan().IndexOfAny(",;\t|") >= 0
            ? $"its only column is \"{only}\", so set csv_options.delimiter"
            : Suggestion.For(name, header.Names) is { } meant ? $"did you mean \"{meant}\"?"
            : $"it has {string.Join(", ", header.Names.Take(20).Select(each => $"\"{each}\""))}";
}
