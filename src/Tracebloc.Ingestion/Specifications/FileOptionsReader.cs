namespace Tracebloc.Ingestion.Specifications;

/// <summary>Reads <c>spec.file_options</c>, which accepts any key, and applies the defaults of the category.</summary>
internal sealed class FileOptionsReader(DocumentSection root, DocumentSection? options)
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".txt", ".text", ".xml"];

    public FileOptions Read(CategoryRules? rules, TopLevelFiles top)
    {
        var size = options?.Size("target_size");
        var least = options?.Size("min_size");
        var extension = options?.Keys.Choice("extension", "an extension of files", Extensions);
        options?.IgnoreUnknownKeys("target_size", "min_size", "extension");
        if (rules is null) return new();
        if (extension is not null && rules.Extensions is { Count: > 0 } known && !known.Contains(extension))
            options?.Keys.Refuse("extension", $"{extension} is no extension of the {rules.Folders[0].Key} of "
                + $"{rules.Name}; use {string.Join(" or ", known)}");
        Warn(rules);
        return new()
        {
            TargetSize = rules.HasImages ? size ?? top.TargetSize ?? rules.TargetSize : null,
            MinSize = rules.HasImages ? least : null,
            Extension = rules.Extension is null ? null : extension ?? rules.Extension,
            NumberOfKeypoints = rules.HasKeypoints ? top.NumberOfKeypoints : null,
        };
    }

    private void Warn(CategoryRules rules)
    {
        if (!rules.HasImages)
        {
            root.Ignored("target_size", $"{rules.Name} has no images");
            options?.Ignored("target_size", $"{rules.Name} has no images");
            options?.Ignored("min_size", $"{rules.Name} has no images");
        }

        if (!rules.HasKeypoints) root.Ignored("number_of_keypoints", $"{rules.Name} has no keypoints");
        if (rules.Extension is null) options?.Ignored("extension", $"{rules.Name} has no files");
    }
}
