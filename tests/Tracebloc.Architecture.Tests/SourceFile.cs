using System.Text.RegularExpressions;

namespace Tracebloc.Architecture.Tests;

internal sealed partial record SourceFile(string Path, string Text)
{
    public IReadOnlyList<string> Lines => Text.TrimEnd('\n').Split('\n');

    /// <summary>The lines with comments and string literals blanked out, so that only code is left.</summary>
    public IReadOnlyList<string> Code =>
        Prose().Replace(Text, prose => NotNewline().Replace(prose.Value, " ")).Split('\n');

    [GeneratedRegex(
        """
        //[^\n]* | /\*[\s\S]*?\*/                                       # comments
        | ("{3,})[\s\S]*?\1 | (?:@\$?|\$@)"(?:[^"]|"")*"                # raw and verbatim strings
        | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])+'                     # strings and characters
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Prose();

    [GeneratedRegex("[^\n]")]
    private static partial Regex NotNewline();
}
