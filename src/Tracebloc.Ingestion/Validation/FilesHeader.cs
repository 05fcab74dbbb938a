using Tracebloc.Configuration;
using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Columns that a category names exactly.</summary>
internal static class FilesHeader
{
    /// <summary>The place of a column; -1 where it is missing, which is a fault.</summary>
    /// <param name="header">The columns.</param>
    /// <param name="name">The exact name.</param>
    /// <param name="purpose">The content of the column: <c>the file of each row</c>.</param>
    /// <param name="findings">Receives the fault.</param>
    public static int Require(RecordHeader header, string name, string purpose, Findings findings)
    {
        var place = header.IndexOf(name);
        if (place < 0)
        {
            var remedy = Suggestion.For(name, header.Names) is { } meant
                ? $"rename {meant} to {name}"
                : $"add it, with {purpose}";
            findings.Add(new(header.File, header.Line, 0, null, $"has no column {name}; {remedy}"));
        }

        return place;
    }
}
