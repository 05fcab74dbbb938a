using System.Diagnostics.CodeAnalysis;

namespace Tracebloc.Registry;

/// <summary>A reference from a manifest to a blob or another manifest (OCI image spec, content descriptors).</summary>
public sealed record Descriptor
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>The type of what it points to.</summary>
    public required string MediaType { get; init; }

    /// <summary>The address, and proof, of what it points to.</summary>
    public required Digest Digest { get; init; }

    /// <summary>Its length in bytes, as stated.</summary>
    public long Size { get; init; }

    /// <summary>The kind of artifact of a manifest; null for images.</summary>
    public string? ArtifactType { get; init; }

    /// <summary>The platform of a manifest in an index; null for others, and where the index names none.</summary>
    public Platform? Platform { get; init; }

    /// <summary>Its annotations; empty when there are none.</summary>
    [AllowNull]
    public IReadOnlyDictionary<string, string> Annotations { get; init => field = value ?? None; } = None;
}
