using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Looking;

/// <summary>
/// The categories that a folder may be. It asks the look itself, so that it never promises a data set that the look
/// refuses.
/// </summary>
internal static class Sniff
{
    /// <summary>The categories whose look finds a data set, the likeliest first.</summary>
    public static IReadOnlyList<CategoryRules> Candidates(FolderView view, string root) =>
    [
        // A folder that has more of its files explains more of what is there.
        .. Categories.All.Where(rules => DataLook.Of(view, root, rules).IsThere)
            .OrderByDescending(rules => rules.Folders.Count),
    ];

    /// <summary>The reason for which a folder is no data set, by the category that it resembles most.</summary>
    public static string Fault(FolderView view, string root)
    {
        var likely = Categories.All.FirstOrDefault(rules =>
            rules.Folders is [var first, ..] && view.Entries.Any(entry =>
                entry.Name.Equals(first.Key, StringComparison.OrdinalIgnoreCase)))
            ?? Categories.All.First(rules => rules.Folders.Count == 0);
        return DataLook.Of(view, root, likely).Fault ?? $"\"{view.Name}\" is a data set of {likely.Name}";
    }
}
