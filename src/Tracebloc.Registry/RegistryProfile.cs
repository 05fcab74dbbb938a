using Tracebloc.Registry.Pushing;

namespace Tracebloc.Registry;

/// <summary>Limits and peculiarities of one kind of registry, as far as uploads depend on them.</summary>
public sealed record RegistryProfile
{
    /// <summary>The kind of registry, such as <c>ECR</c>; <c>OCI</c> for any that keeps to the specification.</summary>
    public required string Name { get; init; }

    /// <summary>The largest blob that it takes, in bytes; null for no known limit.</summary>
    public long? LargestLayer { get; init; }

    /// <summary>The requests for a blob that is too large for one PUT, or has no known digest.</summary>
    public UploadForm Form { get; init; } = UploadForm.Chunks;

    /// <summary>The bytes of the smallest chunk but the last.</summary>
    public long MinChunk { get; init; } = 1;

    /// <summary>The bytes of the largest chunk.</summary>
    public long MaxChunk { get; init; } = long.MaxValue;

    /// <summary>The bytes of a blob with a known digest that goes in one PUT; larger ones can be continued.</summary>
    public long LargestPut { get; init; } = 32L << 20;

    /// <summary>
    /// False where the registry's word on what it has of an upload is wrong: chunks are counted as they are sent, and a
    /// broken upload starts again.
    /// </summary>
    public bool Resumes { get; init; } = true;

    /// <summary>True where the last chunk goes in the PUT that ends the upload.</summary>
    public bool HasLastChunkInPut { get; init; }

    /// <summary>False where blobs of another repository are never mounted.</summary>
    public bool Mounts { get; init; } = true;

    /// <summary>False where a blob of no bytes is refused or lost.</summary>
    public bool TakesEmptyBlobs { get; init; } = true;

    /// <summary>True where access to a repository that is to be created by the push is denied before.</summary>
    public bool DeniesNewRepositories { get; init; }

    /// <summary>The profile of the registry that a reference names, by its host.</summary>
    public static RegistryProfile Of(ImageReference repository)
    {
        ArgumentNullException.ThrowIfNull(repository);
        return RegistryProfiles.Of(repository.Domain);
    }
}
