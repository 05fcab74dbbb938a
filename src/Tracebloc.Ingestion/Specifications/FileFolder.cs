namespace Tracebloc.Ingestion.Specifications;

/// <summary>A folder of a data set. Its key in the specification is its name in small letters.</summary>
public enum FileFolder
{
    /// <summary>Images.</summary>
    Images,

    /// <summary>PASCAL VOC documents, one for each image.</summary>
    Annotations,

    /// <summary>Masks, one for each image.</summary>
    Masks,

    /// <summary>Text files.</summary>
    Texts,

    /// <summary>Text files of masked language modeling.</summary>
    Sequences,
}
