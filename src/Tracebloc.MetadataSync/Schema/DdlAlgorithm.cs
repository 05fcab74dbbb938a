using System.Globalization;
using System.Text.RegularExpressions;
using Tracebloc.Database;

namespace Tracebloc.MetadataSync.Schema;

/// <summary>The way in which a server changes a table while it is read and written.</summary>
internal static partial class DdlAlgorithm
{
    public const string Instant = ", ALGORITHM=INSTANT", Online = ", ALGORITHM=INPLACE, LOCK=NONE";

    // The first versions with ALGORITHM=INSTANT.
    private static readonly Version MySql = new(8, 0, 12), MariaDb = new(10, 3, 2);

    /// <summary>The end of the statement that adds columns.</summary>
    public static string OfColumns(ServerKind kind, string version) =>
        VersionOf(version) >= (kind == ServerKind.MariaDb ? MariaDb : MySql) ? Instant : Online;

    // MariaDB may put 5.5.5- in front, for clients that take it for MySQL.
    private static Version VersionOf(string version) =>
        Form().Match(version) is { Success: true } match
            ? new Version(Part(match, 1), Part(match, 2), Part(match, 3)) : new Version(0, 0, 0);

    private static int Part(Match match, int group) =>
        int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:5\.5\.5-)?(\d{1,4})\.(\d{1,4})\.(\d{1,4})")]
    private static partial Regex Form();
}
