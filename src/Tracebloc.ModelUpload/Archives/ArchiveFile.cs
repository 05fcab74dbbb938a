namespace Tracebloc.ModelUpload.Archives;

/// <summary>An archive that lies in a file.</summary>
/// <param name="Name">Its name, as messages give it.</param>
/// <param name="Kind">The kind that its name claims.</param>
/// <param name="Content">Its bytes from the beginning on; seekable.</param>
internal sealed record ArchiveFile(string Name, ArchiveKind Kind, Stream Content)
{
    public UploadException Fault(string fault, Exception? cause = null) =>
        UploadException.OfSource($"Archive {Name} {fault}", cause);

    public UploadException Fault(string entry, string fault, Exception? cause = null) =>
        UploadException.OfSource($"Archive {Name}: entry {entry} {fault}", cause);
}
