namespace Tracebloc.ModelUpload.Metadata;

/// <summary>The sentences about a metadata folder, collected while it is read.</summary>
internal sealed class MetadataNotes
{
    public List<string> Errors { get; } = [];

    public List<string> Warnings { get; } = [];
}
