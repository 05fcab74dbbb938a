using System.Text;

namespace Tracebloc.ModelUpload.Options;

/// <summary>The options as tables in Markdown, for the documentation.</summary>
internal static class OptionsPage
{
    private static readonly (OptionSection Section, string Title)[] Sections =
    [
        (OptionSection.Source, "Source"),
        (OptionSection.Destination, "Destination"),
        (OptionSection.Registration, "Model Registry"),
        (OptionSection.Signing, "Signing"),
        (OptionSection.Moving, "Transfer"),
    ];

    /// <summary>A heading and a table for each section.</summary>
    public static string Markdown()
    {
        var page = new StringBuilder();
        foreach (var (section, title) in Sections)
            Add(page, title, OptionTable.All.Where(entry => entry.Section == section));
        return page.ToString();
    }

    private static void Add(StringBuilder page, string title, IEnumerable<OptionEntry> entries)
    {
        page.Append(page.Length > 0 ? "\n" : "").Append($"### {title}\n\n")
            .Append("| Option | Variable | Default | Meaning |\n|---|---|---|---|\n");
        foreach (var entry in entries)
            page.Append($"| `{entry.Flag}` | `{entry.Variable}` | {Default(entry)} | {Meaning(entry)} |\n");
    }

    private static string Default(OptionEntry entry) => entry.Default is { } text ? $"`{text}`" : "";

    private static string Meaning(OptionEntry entry) => entry.Meaning.Replace("|", "\\|", StringComparison.Ordinal)
        + (entry.Choices.Count > 0 ? $" One of {string.Join(", ", entry.Choices.Select(word => $"`{word}`"))}." : "")
        + (entry.Keys.Count > 0
            ? $" Also by {string.Join(" or ", entry.Keys.Select(key => $"`{key}`"))} in `--{entry.Folder}`."
            : "");
}
