using Tracebloc.Registry;

namespace Tracebloc.Signatures.Tuf;

/// <summary>A TUF repository and the trust in it.</summary>
/// <param name="Address">The URL of its metadata; targets lie in <c>targets/</c> below.</param>
/// <param name="CacheFolder">
/// The folder in which metadata and targets are kept, made when needed. Each repository and anchor has its own folder
/// in it, so that another anchor starts afresh.
/// </param>
public sealed record TufRepository(Uri Address, string CacheFolder)
{
    /// <summary>
    /// The first trusted root; null: <c>root.json</c> or <c>1.root.json</c> of the repository on first use, which
    /// trusts the server, unless <see cref="RootDigest"/> is given.
    /// </summary>
    public ReadOnlyMemory<byte>? Root { get; init; }

    /// <summary>The SHA-256 of the first root, known from elsewhere; null: not checked.</summary>
    public Digest? RootDigest { get; init; }
}
