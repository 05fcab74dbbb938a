namespace Tracebloc.Net.Files;

/// <summary>An entry of a folder.</summary>
/// <param name="Name">Its name, without the folder.</param>
/// <param name="Kind">Its kind, links not followed.</param>
/// <param name="IsFolder">True for a folder.</param>
public readonly record struct FolderEntry(string Name, FileKind Kind, bool IsFolder);
