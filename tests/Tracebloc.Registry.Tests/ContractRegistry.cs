using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

/// <summary>
/// A registry that the contract is held against: TLS by an authority of its own, tokens, and one user.
/// </summary>
public abstract class ContractRegistry : IAsyncDisposable
{
    /// <summary>As image references name it, with the port.</summary>
    public abstract string Host { get; }

    /// <summary>PEM file of the authority that signed the registry's and the token server's certificates.</summary>
    public abstract string CaFile { get; }

    /// <summary>May pull everything. Without it, <c>private/…</c> may not be pulled.</summary>
    public abstract RegistryCredential User { get; }

    /// <summary>Stores an image, the same for the same content, with all it needs; points the tag at it.</summary>
    /// <returns>The digest that the tag stands for.</returns>
    public abstract Task<string> PushAsync(
        string repository, string tag, string mediaType, string content, CancellationToken cancellationToken);

    /// <summary>Stores a manifest and the blobs that it refers to; a null tag leaves it to its digest.</summary>
    public abstract Task PushAsync(
        string repository,
        string? tag,
        FakeManifest manifest,
        IReadOnlyList<byte[]> blobs,
        CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
