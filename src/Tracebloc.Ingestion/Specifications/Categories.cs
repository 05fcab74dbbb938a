using Tracebloc.Configuration;

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

    /// <summary>The fault of a name and its remedy, to follow the name; null for a category.</summary>
    public static string? Fault(string name) =>
        Find(name) is not null ? null
        : name == Withdrawn
            ? "is no category any more: earlier versions neither validated nor moved its files; "
                + "use semantic_segmentation"
        : Suggestion.For(name, All.Select(rules => rules.Name)) is { } meant
            ? $"is not a category; did you mean {meant}?"
        : $"is not a category; use {string.Join(", ", All.Select(rules => rules.Name))}";
}
