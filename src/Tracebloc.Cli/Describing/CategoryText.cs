using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Describing;

/// <summary>All categories, for the end of a help text.</summary>
internal static class CategoryText
{
    private const int InLine = 4, LabelWidth = 10;

    public static string All { get; } =
        "Categories:\n"
        + Of("images", DataFormat.Image) + Of("texts", DataFormat.Text) + Of("tables", DataFormat.Tabular);

    private static string Of(string label, DataFormat format) =>
        $"  {label}".PadRight(LabelWidth)
        + string.Join(
            ",\n" + new string(' ', LabelWidth),
            Categories.All.Where(rules => rules.Format == format).Select(rules => rules.Name).Chunk(InLine)
                .Select(names => string.Join(", ", names)))
        + "\n";
}
