namespace Tracebloc.Signatures.Signing;

/// <summary>An OCI image manifest that refers to another, members in the specification's order.</summary>
internal sealed record ReferrerDocument
{
    public int SchemaVersion { get; init; } = 2;

    public required string MediaType { get; init; }

    public required string ArtifactType { get; init; }

    public required Blob Config { get; init; }

    public required IReadOnlyList<Blob> Layers { get; init; }

    public required Blob Subject { get; init; }

    public required Dictionary<string, string> Annotations { get; init; }

    internal sealed record Blob(string MediaType, string Digest, long Size);
}
