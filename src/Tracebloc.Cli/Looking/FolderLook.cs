using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Looking;

/// <summary>Looks for a folder of files and the one extension that they share.</summary>
internal sealed class FolderLook(FolderView view, string root, CategoryRules rules, FolderRule rule)
{
    private IReadOnlyList<string> Extensions => rule.Extension is { } one ? [one] : rules.Extensions;

    private string Wanted => string.Join(" or ", Extensions);

    public Found<FoundFolder> Look() => view.Find(rule.Key) switch
    {
        { Kind: EntryKind.Folder } => Files(view.Folders.GetValueOrDefault(rule.Key) ?? []),
        { Kind: EntryKind.Link } => Not(EntryFault.Link($"{rule.Key}/")),
        { } other => Not($"{other.Name} is no folder; put the {rule.Key} into a folder of this name"),
        null => Not(OtherCase() is { } near
            ? $"{near.Name}/ must be written {rule.Key}/; rename it"
            : $"{rule.Key}/ is missing in \"{view.Name}\"; put the {Wanted} files there"),
    };

    private ViewEntry? OtherCase() => view.Entries
        .Where(entry => entry.Name.Equals(rule.Key, StringComparison.OrdinalIgnoreCase))
        .Select(entry => (ViewEntry?)entry).FirstOrDefault();

    private Found<FoundFolder> Files(IReadOnlyList<ViewEntry> entries)
    {
        var links = entries.Where(entry => entry.Kind == EntryKind.Link).ToList();
        if (links.Count > 0) return Not(EntryFault.Link($"{rule.Key}/{links[0].Name}"));
        var files = entries.Where(entry => entry.Kind == EntryKind.File).ToList();
        var byExtension = files.Where(IsMeant).GroupBy(file => file.Extension).ToList();
        return byExtension switch
        {
            [] => Not(files.Count == 0
                ? $"{rule.Key}/ holds no files; put the {Wanted} files there"
                : $"{rule.Key}/ holds no {Wanted} files, but {Counts(files)}; convert or replace them"),
            [var all] when Extensions.Contains(all.Key) =>
                new FoundFolder(rule.Folder, Path.Combine(root, rule.Key), all.Key, [.. all]),
            [var all] => Not($"{rule.Key}/{all.First().Name} ends in {all.Key}, and extensions are written in small "
                + $"letters: rename it to {all.Key.ToLowerInvariant()}"
                + (all.Skip(1).Any() ? $", and {all.Count() - 1} more" : "")),
            _ => Not($"{rule.Key}/ mixes extensions: {Counts(files.Where(IsMeant))}, such as "
                + $"{byExtension.MinBy(each => each.Count())?.First().Name}; convert or rename the files to one"),
        };
    }

    private bool IsMeant(ViewEntry file) => Extensions.Contains(file.Extension, StringComparer.OrdinalIgnoreCase);

    private static string Counts(IEnumerable<ViewEntry> files) => string.Join(
        ", ",
        files.GroupBy(file => file.Extension)
            .OrderByDescending(each => each.Count()).ThenBy(each => each.Key, StringComparer.Ordinal)
            .Select(each => $"{each.Count()} {(each.Key.Length > 0 ? each.Key : "without extension")}"));

    private static Found<FoundFolder> Not(string fault) => Found<FoundFolder>.Not(fault);
}
