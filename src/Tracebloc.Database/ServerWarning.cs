using System.Globalization;
using System.Text.RegularExpressions;

namespace Tracebloc.Database;

/// <summary>A warning of the server about a row.</summary>
/// <param name="Number">Its number, such as 1264.</param>
/// <param name="Text">The server's words, on one line.</param>
/// <param name="FirstRow">The rows of the chunk before the statement.</param>
public sealed partial record ServerWarning(int Number, string Text, long FirstRow = 0)
{
    // Duplicate key, NULL in a column without, foreign key, duplicate with its key, signal of a trigger, constraints.
    private static readonly int[] AboutRows = [1062, 1048, 1452, 1586, 1644, 3819, 4025];

    /// <summary>The row of the chunk, from 1; null where the text names none.</summary>
    public long? Row => AtRow().Match(Text) is { Success: true } match
        ? FirstRow + long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    /// <summary>A rejected statement as a warning about a row; null where the error is about something else.</summary>
    internal static ServerWarning? Of(DatabaseException rejected, long firstRow)
    {
        var warning = new ServerWarning(rejected.Number, rejected.ServerMessage, firstRow);
        return rejected.Failure == DatabaseFailure.Statement
            && (warning.Row is not null || AboutRows.Contains(rejected.Number)) ? warning : null;
    }

    [GeneratedRegex(@" at row (\d{1,9})$")]
    private static partial Regex AtRow();
}
