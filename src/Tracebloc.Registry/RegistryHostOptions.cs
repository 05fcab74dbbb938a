namespace Tracebloc.Registry;

/// <summary>How one registry host is reached, where that differs from HTTPS with the system's certificates.</summary>
public sealed record RegistryHostOptions
{
    /// <summary>A PEM file whose certificates are trusted for this host in addition to the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>Plain HTTP. Loopback hosts need no such permission.</summary>
    public bool Insecure { get; init; }

    /// <summary>
    /// <c>host[:port][/prefix]</c> that is asked in place of this registry, never in addition to it: a digest has to
    /// come from where the pods pull. The mirror's own entry says how it is reached and with which credentials.
    /// </summary>
    public string? Mirror { get; init; }

    /// <summary>The user name for this host; goes with <see cref="PasswordFile"/>.</summary>
    public string? Username { get; init; }

    /// <summary>A file that holds the password; a trailing line end is not part of it.</summary>
    public string? PasswordFile { get; init; }
}
