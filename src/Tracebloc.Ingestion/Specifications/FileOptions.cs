namespace Tracebloc.Ingestion.Specifications;

/// <summary>The form of a data set's files, with the category's defaults applied: <c>spec.file_options</c>.</summary>
public sealed record FileOptions
{
    /// <summary>The size of every image; null where the category has no images.</summary>
    public ImageSize? TargetSize { get; init; }

    /// <summary>The least size of an image; null for any.</summary>
    public ImageSize? MinSize { get; init; }

    /// <summary>The extension of every file with its dot; null where the category has no files.</summary>
    public string? Extension { get; init; }

    /// <summary>The number of keypoints of an image; null elsewhere.</summary>
    public int? NumberOfKeypoints { get; init; }
}
