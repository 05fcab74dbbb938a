using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Looking;

/// <summary>
/// Looks for the data set of a category in a listed folder. Pure: the same folder gives the same answer, and every
/// reason against it names the entry and the remedy.
/// </summary>
internal sealed class DataLook(FolderView view, string root, CategoryRules rules)
{
    private const string Tokenizer = "tokenizer.json";

    /// <summary>Looks.</summary>
    /// <param name="view">The folder.</param>
    /// <param name="root">The local folder that stands for it.</param>
    /// <param name="rules">The category.</param>
    public static Found<FoundData> Of(FolderView view, string root, CategoryRules rules) =>
        new DataLook(view, root, rules).Look();

    private Found<FoundData> Look()
    {
        if (rules.Folders.Count > 0 && view.IsBareFile)
            return Not($"\"{view.Name}\" is a file, and {rules.Name} has {Key(0)}/ beside its rows; give the folder");
        if (rules.Folders.Count == 0 && FolderOfOthers() is { } other)
            return Not($"{Shown(other)} is a folder of files, and {rules.Name} has rows alone; choose another "
                + "category, or give the CSV instead of its folder");
        var folders = new List<FoundFolder>();
        foreach (var rule in rules.Folders)
        {
            var folder = new FolderLook(view, root, rules, rule).Look();
            if (!folder.IsThere) return Not(folder.Fault);
            folders.Add(folder.Value);
        }

        var rows = new RowsLook(view, root, rules).Look();
        if (!rows.IsThere) return Not(rows.Fault);
        var tokenizer = rules.Tokenizer is null ? null : view.Find(Tokenizer);
        if (tokenizer is { Kind: not EntryKind.File } wrong) return Not(EntryFault.Of(wrong, "the tokenizer"));
        return new FoundData(rules, rows.Value, folders)
        {
            Tokenizer = tokenizer is { } file ? new(file.Name, Path.Combine(root, file.Name), file.Size) : null,
            Notes = [.. Unused()],
        };
    }

    private ViewEntry? FolderOfOthers() => view.Entries
        .Where(entry => entry.Kind is EntryKind.Folder or EntryKind.Link
            && Enum.GetValues<FileFolder>().Any(folder => IsNamed(entry, FolderRule.KeyOf(folder))))
        .Select(entry => (ViewEntry?)entry).FirstOrDefault();

    private IEnumerable<string> Unused()
    {
        var folders = view.Entries.Where(entry => entry.Kind == EntryKind.Folder
            && rules.Folders.All(rule => rule.Key != entry.Name)).ToList();
        if (folders.Count > 0) yield return $"not part of {rules.Name}: {EntryFault.List(folders)}";
    }

    private string Key(int folder) => rules.Folders[folder].Key;

    private static bool IsNamed(ViewEntry entry, string key) =>
        entry.Name.Equals(key, StringComparison.OrdinalIgnoreCase);

    private static string Shown(ViewEntry entry) => $"{entry.Name}/";

    private static Found<FoundData> Not(string fault) => Found<FoundData>.Not(fault);
}
