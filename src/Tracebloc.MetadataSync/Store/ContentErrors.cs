using System.Globalization;
using System.Text.RegularExpressions;
using Tracebloc.Database;

namespace Tracebloc.MetadataSync.Store;

/// <summary>Separates the rejection of an object from the failure of a table, an account or a server.</summary>
internal static partial class ContentErrors
{
    private const int Longest = 1_000;

    // ER_DUP_ENTRY
    private const int Duplicate = 1062;

    // These concern every row alike. All other errors count as an object's: those split a batch in vain at worst, while
    // an object's error among these would hold up its whole kind.
    private static readonly int[] OfTables =
    [
        1015, 1016, 1017, 1021, 1026, 1028, 1030, 1034, 1035, 1036, 1037, 1038, 1041, // files, disk, memory
        1046, 1049, 1051, 1054, 1064, 1109, 1136, 1146, 1149, 1412, 1615, 1932, 1813, 1814, // tables and columns
        1114, 1135, 1180, 1181, 1194, 1195, 1206, 1290, 1297, 1836, 1637, 3675, 3168, // full, crashed, read-only
        1142, 1143, 1205, 1213, 1223, 1227, 1317, 1370, 1410, 1568, 1665, 1792, 1969, 3024, 3100, // rights, limits
    ];

    /// <summary>True where the statement failed for a value in it.</summary>
    public static bool IsContent(DatabaseException failed) =>
        failed.Failure == DatabaseFailure.Statement && failed.Number > 0 && !OfTables.Contains(failed.Number);

    /// <summary>True where a row has been made since it was looked for.</summary>
    public static bool IsRace(DatabaseException failed) =>
        failed.Number == Duplicate && failed.ServerMessage.Contains("PRIMARY'", StringComparison.Ordinal);

    /// <summary>The server's words, without the values that it quotes: they may be any part of an object.</summary>
    public static string Text(DatabaseException rejected)
    {
        var text = Quoted().Replace(rejected.ServerMessage, "'…'");
        text = text.Length > Longest ? text[..Longest] : text;
        return string.Create(CultureInfo.InvariantCulture, $"{text} (error {rejected.Number})");
    }

    // Incorrect datetime value: 'x' for column 'y'; Duplicate entry 'x' for key 'y'.
    [GeneratedRegex("(?<=(value: |entry ))'.*'(?= for )")]
    private static partial Regex Quoted();
}
