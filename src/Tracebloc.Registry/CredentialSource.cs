namespace Tracebloc.Registry;

/// <summary>Where a credential comes from: it is at hand, or a helper has it; or there is none.</summary>
internal sealed record CredentialSource(RegistryCredential? Credential, string? Helper = null)
{
    public static CredentialSource Anonymous { get; } = new((RegistryCredential?)null);

    public bool IsAnonymous => this is { Credential: null, Helper: null };
}
