namespace Tracebloc.Registry;

/// <summary>The source of a credential: a value at hand, a helper, or none (anonymous).</summary>
internal sealed record CredentialSource(RegistryCredential? Credential, string? Helper = null)
{
    public static CredentialSource Anonymous { get; } = new((RegistryCredential?)null);

    public bool IsAnonymous => this is { Credential: null, Helper: null };
}
