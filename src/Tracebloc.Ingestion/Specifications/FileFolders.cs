namespace Tracebloc.Ingestion.Specifications;

/// <summary>The folders of a data set's files as the specification names them; null for absent.</summary>
public sealed record FileFolders
{
    /// <summary>The images.</summary>
    public string? Images { get; init; }

    /// <summary>The annotations of object detection, as PASCAL VOC.</summary>
    public string? Annotations { get; init; }

    /// <summary>The masks of a segmentation.</summary>
    public string? Masks { get; init; }

    /// <summary>The text files.</summary>
    public string? Texts { get; init; }

    /// <summary>The text files of masked language modeling.</summary>
    public string? Sequences { get; init; }

    /// <summary>The path of a folder; null for absent.</summary>
    public string? Of(FileFolder folder) => folder switch
    {
        FileFolder.Images => Images,
        FileFolder.Annotations => Annotations,
        FileFolder.Masks => Masks,
        FileFolder.Texts => Texts,
        _ => Sequences,
    };
}
