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

    /// <summary>May pull everything; without it nothing may be pulled.</summary>
    public abstract RegistryCredential User { get; }

    /// <summary>Stores the manifest, with all that it refers to, and points the tag at it.</summary>
    public abstract Task PushAsync(
        string repository, string tag, FakeManifest manifest, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
