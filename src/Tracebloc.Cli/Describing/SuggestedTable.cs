using System.Text.RegularExpressions;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Describing;

/// <summary>
/// Makes the name of a table from that of a folder: <c>Cats &amp; Dogs</c> becomes <c>cats_dogs_train</c>.
/// </summary>
internal static partial class SuggestedTable
{
    private const int LongestStem = 48;

    /// <param name="folder">The data set's folder, or its CSV.</param>
    /// <param name="intent">The use of the rows, which ends the name.</param>
    public static string For(string folder, Intent intent)
    {
        var name = Path.GetFileNameWithoutExtension(folder.TrimEnd('/', '\\'));
        var stem = Others().Replace(name.ToLowerInvariant(), "_").Trim('_');
        if (stem.Length > LongestStem) stem = stem[..LongestStem].TrimEnd('_');
        if (stem.Length == 0) stem = "dataset";
        if (char.IsAsciiDigit(stem[0])) stem = $"t_{stem}";
        var end = $"_{intent.ToString().ToLowerInvariant()}";
        var table = stem.EndsWith(end, StringComparison.Ordinal) ? stem : stem + end;
        return TableName.Fault(table) is null ? table : $"t_{table}";
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Others();
}
