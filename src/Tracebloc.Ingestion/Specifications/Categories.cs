namespace Tracebloc.Ingestion.Specifications;

/// <summary>The sixteen categories of ingest.v1, as one table.</summary>
public static partial class Categories
{
    /// <summary>A category of 0.3.9 that was neither validated nor loaded whole.</summary>
    internal const string Withdrawn = "instance_segmentation";

    /// <summary>All of them: images, texts, tables.</summary>
    public static IReadOnlyList<CategoryRules> All { get; } = [.. OfImages(), .. OfTexts(), .. OfTables()];

    /// <summary>The category of a name; null for an unknown one.</summary>
    public static CategoryRules? Find(string name) => All.FirstOrDefault(rules => rules.Name == name);
}
