using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Looking;

/// <summary>Looks for the file of the rows: labels.csv, or the only CSV.</summary>
internal sealed class RowsLook(FolderView view, string root, CategoryRules rules)
{
    private const string Usual = "labels.csv", Purpose = "the rows";

    public Found<FoundFile> Look()
    {
        var all = view.Entries.Where(entry => entry.IsCsv).ToList();
        if (rules.Folders.Count > 0 && view.Find(Usual) is { } usual) return Of(usual);
        return all switch
        {
            [] => Not(rules.Folders.Count > 0
                ? $"{Usual} is missing in \"{view.Name}\"; put {Purpose} there, with the column filename"
                : $"\"{view.Name}\" has no CSV; put the file of {Purpose} there, or give its path"),
            [var only] => Of(only),
            _ => Not($"\"{view.Name}\" has several CSVs: {EntryFault.List(all)}; "
                + (rules.Folders.Count > 0 ? $"name the one with {Purpose} {Usual}" : "give the path of the one")),
        };
    }

    private Found<FoundFile> Of(ViewEntry entry) => entry.Kind == EntryKind.File
        ? new FoundFile(entry.Name, Path.Combine(root, entry.Name), entry.Size)
        : Not(EntryFault.Of(entry, Purpose));

    private static Found<FoundFile> Not(string fault) => Found<FoundFile>.Not(fault);
}
