namespace Tracebloc.ModelUpload.Credentials;

/// <summary>The names of a folder's files, or the fault of listing it; neither where the folder is absent.</summary>
/// <param name="Names">
/// The files by name, linked ones too; no folders, and nothing that begins with two dots: these are the kubelet's own.
/// </param>
/// <param name="Fault">The end of a sentence that begins with the path, with the remedy.</param>
internal sealed record InputFolder(IReadOnlyList<string>? Names, string? Fault)
{
    public static InputFolder Absent { get; } = new(null, null);
}
