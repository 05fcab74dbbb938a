using System.Text.RegularExpressions;

namespace Tracebloc.Architecture.Tests;

/// <summary>A type has a limit of lines with all its parts: cutting it into files would meet a cap on files.</summary>
internal static partial class TypeSizeRule
{
    public const int Longest = 400;

    public static Inspection Inspect(IReadOnlyList<SourceFile> files)
    {
        var types = files
            .SelectMany(Parts)
            .GroupBy(part => (Project: part.Path.Split('/').ElementAtOrDefault(1), part.Type))
            .ToList();
        return Inspection.Of(types, type => type.Sum(part => part.Lines) is var lines and > Longest
            ? [$"{type.Key.Type} has {lines} lines in {type.Count()} files: split it by state."]
            : []);
    }

    // A type of the outermost level ends with the first brace in the first column.
    private static IEnumerable<(string Path, string Type, int Lines)> Parts(SourceFile file)
    {
        for (var line = 0; line < file.Lines.Count; line++)
        {
            if (Declaration().Match(file.Lines[line]) is not { Success: true } declaration)
                continue;
            var start = line;
            while (line + 1 < file.Lines.Count && file.Lines[line] is not "}"
                && !Declaration().IsMatch(file.Lines[line + 1]))
            {
                line++;
            }
            yield return (file.Path, declaration.Groups["name"].Value, line - start + 1);
        }
    }

    [GeneratedRegex(
        @"^(public |internal |file |sealed |static |abstract |readonly |partial |ref |unsafe )*"
        + @"(record struct|record class|record|class|struct|interface) (?<name>\w+)")]
    private static partial Regex Declaration();
}
