namespace Tracebloc.Registry;

/// <summary>Options of one registry host.</summary>
public sealed record RegistryHostOptions
{
    /// <summary>PEM file of authorities to trust for this host beside the system's; it may hold several.</summary>
    public string? CaFile { get; init; }

    /// <summary>False accepts any certificate of this host, in place of <see cref="CaFile"/>.</summary>
    public bool VerifiesTls { get; init; } = true;

    /// <summary>
    /// Use plain http. Loopback hosts use it without this option, unless they have a <see
    /// cref="CaFile"/>.
    /// </summary>
    public bool Insecure { get; init; }

    /// <summary>
    /// Ask <c>host[:port][/path-prefix]</c>, or a URL, in place of the registry, as containerd does with <c>?ns=</c>.
    /// The mirror is asked with the options and credentials of its own host, never with this registry's.
    /// </summary>
    public string? Mirror { get; init; }

    /// <summary>
    /// The rules of the registry behind this host for uploads; null takes those of the table by the host's name.
    /// </summary>
    public RegistryProfile? Profile { get; init; }

    /// <summary>User name, tried before any credential of <see cref="RegistryOptions.Credentials"/>.</summary>
    public string? Username { get; init; }

    /// <summary>File with the password of <see cref="Username"/>; one trailing line break is not part of it.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>
    /// The credential helper of this host, by its short name (<c>ecr-login</c>); in place of <see cref="Username"/>.
    /// </summary>
    public string? CredentialHelper { get; init; }

    /// <summary>
    /// Ask without credentials after all that match were refused, since a stale one hides even public images (oras
    /// #1161).
    /// </summary>
    public bool AnonymousRetry { get; init; }
}
