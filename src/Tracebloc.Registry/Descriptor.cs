using System.Diagnostics.CodeAnalysis;

namespace Tracebloc.Registry;

/// <summary>What a manifest says of a blob or another manifest (OCI image spec, content descriptors).</summary>
public sealed record Descriptor
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>The type of what it points to.</summary>
    public required string MediaType { get; init; }

    /// <summary>The address, and proof, of what it points to.</summary>
    public required Digest Digest { get; init; }

    /// <summary>How long it is, in bytes, as stated.</summary>
    public long Size { get; init; }

    /// <summary>What kind of artifact a manifest is; null for images.</summary>
    public string? ArtifactType { get; init; }

    /// <summary>What a manifest in an index was built for; null for others, and where the index does not say.</summary>
    public Platform? Platform { get; init; }

    /// <summary>What else is said of it; empty when nothing is.</summary>
    [AllowNull]
    public IReadOnlyDictionary<string, string> Annotations { get; init => field = value ?? None; } = None;
}
