namespace Tracebloc.Ingestion.Specifications;

/// <summary>A folder that a category needs.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Extension">The extension of its files; null for the configured one.</param>
public sealed record FolderRule(FileFolder Folder, string? Extension = null)
{
    /// <summary>The key in the specification: <c>images</c>.</summary>
    public string Key => KeyOf(Folder);

    /// <summary>The key of a folder in the specification.</summary>
    public static string KeyOf(FileFolder folder) => folder switch
    {
        FileFolder.Images => "images",
        FileFolder.Annotations => "annotations",
        FileFolder.Masks => "masks",
        FileFolder.Texts => "texts",
        _ => "sequences",
    };
}
