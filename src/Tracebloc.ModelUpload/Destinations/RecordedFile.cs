using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Sources;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>A published file of a volume.</summary>
internal sealed record RecordedFile
{
    public required string Path { get; init; }

    public required long Length { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>The address that its bytes came from.</summary>
    public required string Address { get; init; }

    /// <summary>The version there.</summary>
    public required string Version { get; init; }

    /// <summary>The file itself on the volume: another one where somebody wrote to it since.</summary>
    public required string Stamp { get; init; }

    /// <summary>True where the source's file has these bytes, as far as source and record state them.</summary>
    public bool Holds(SourceFile file) =>
        (file.Length is null || file.Length == Length)
        && ((file.Address == Address && file.Version == Version)
            || file.Stated.Any(hash => hash.Kind == HashKind.Sha256 && hash.Hex == Sha256));
}
