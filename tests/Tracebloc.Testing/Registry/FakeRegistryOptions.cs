namespace Tracebloc.Testing.Registry;

public enum FakeAuthentication
{
    /// <summary>Everybody may read everything.</summary>
    None,

    /// <summary>The registry itself checks user names and passwords.</summary>
    Basic,

    /// <summary>The registry sends clients to a token server, as distribution, Docker Hub and GHCR do.</summary>
    Token,
}

public sealed record FakeRegistryOptions
{
    public FakeAuthentication Authentication { get; init; } = FakeAuthentication.Token;

    public FakeListenerOptions Listener { get; init; } = new();

    /// <summary>User names and passwords; a password also serves as the user's identity token.</summary>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Decides whether a user may pull; the user is null for anonymous. By default everybody may pull everything.
    /// </summary>
    public Func<string?, string, bool> CanPull { get; init; } = (_, _) => true;

    /// <summary>
    /// The registry's answer to a known user who may not pull: 401 with a challenge, or 403 DENIED without one.
    /// </summary>
    public int DenialStatus { get; init; } = 401;

    /// <summary>The token server listens on the registry's own port, as GHCR does, instead of one of its own.</summary>
    public bool TokensOnSameHost { get; init; }

    /// <summary>
    /// Lists what refers to a manifest, as registries of the distribution specification 1.1 do and docker-registry 2.8
    /// does not.
    /// </summary>
    public bool ListsReferrers { get; init; }

    /// <summary>Takes uploads in this way; null is a registry to read from.</summary>
    public FakeUploadOptions? Uploads { get; init; }

    /// <summary>Takes POST requests by the OAuth2 form; a server without it answers 405.</summary>
    public bool TakesOAuth2 { get; init; } = true;

    /// <summary>The announced <c>expires_in</c>. Tokens last until <see cref="FakeTokenServer.Revoke"/>.</summary>
    public int? ExpiresIn { get; init; } = 300;
}
