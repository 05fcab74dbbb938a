namespace Tracebloc.Ingestion.Specifications;

/// <summary>Everything that distinguishes a category from the others.</summary>
/// <param name="Name">As the specification writes it: <c>tabular_regression</c>.</param>
/// <param name="Format">The format of its data sets.</param>
/// <param name="Label">The label that it demands.</param>
public sealed record CategoryRules(string Name, DataFormat Format, LabelRule Label)
{
    /// <summary>The checks, in the order of the report.</summary>
    public required IReadOnlyList<ValidatorName> Validators { get; init; }

    /// <summary>The folders of its files: rows name files of the first; none where rows are everything.</summary>
    public IReadOnlyList<FolderRule> Folders { get; init; } = [];

    /// <summary>The pairing of the files of two folders; null where there is one folder or none.</summary>
    public PairingRule? Pairing { get; init; }

    /// <summary>The size of images by default; null without a default or without images.</summary>
    public ImageSize? TargetSize { get; init; }

    /// <summary>The extension of files by default; null without files.</summary>
    public string? Extension { get; init; }

    /// <summary>True where the specification declares the columns.</summary>
    public bool NeedsSchema { get; init; }

    /// <summary>The columns that the schema always declares.</summary>
    public IReadOnlyList<ColumnRule> Columns { get; init; } = [];

    /// <summary>True where the label is a text of any length.</summary>
    public bool LabelIsText { get; init; }

    /// <summary>The column of keypoints, stored as <c>annotation</c>; null elsewhere.</summary>
    public string? AnnotationColumn { get; init; }

    /// <summary>The column of keypoints' visibilities; null elsewhere.</summary>
    public string? VisibilityColumn { get; init; }

    /// <summary>True where the mask of a row may have its own name, in the column <c>mask_id</c>.</summary>
    public bool HasMaskColumn { get; init; }

    /// <summary>True where <c>time_column</c> names the column of a survival time.</summary>
    public bool HasTimeColumn { get; init; }

    /// <summary>The demands on a tokenizer; null where there is none.</summary>
    public TokenizerRule? Tokenizer { get; init; }

    /// <summary>The form of each text file; null for any.</summary>
    public FieldRule? Fields { get; init; }

    /// <summary>True where the central backend may change features.</summary>
    public bool AllowsFeatureModification { get; init; }

    /// <summary>True where the specification declares keypoints and the size of images.</summary>
    public bool HasKeypoints => AnnotationColumn is not null;

    /// <summary>True where images have a size.</summary>
    public bool HasImages => Format == DataFormat.Image;

    /// <summary>The central backend's word for the format.</summary>
    public string FormatName => Format.ToString().ToLowerInvariant();

    /// <summary>The keys that the category requires beside those of every category.</summary>
    public IEnumerable<string> RequiredKeys =>
    [
        .. Folders.Select(folder => folder.Key),
        .. NeedsSchema ? ["schema"] : Array.Empty<string>(),
        .. HasKeypoints ? ["target_size", "number_of_keypoints"] : Array.Empty<string>(),
        .. Label == LabelRule.Forbidden ? Array.Empty<string>() : ["label"],
    ];

    /// <summary>The extensions that files of the first folder may have.</summary>
    public IReadOnlyList<string> Extensions => Format switch
    {
        DataFormat.Image => [".jpg", ".jpeg", ".png"],
        DataFormat.Text => [".txt", ".text"],
        _ => [],
    };
}
