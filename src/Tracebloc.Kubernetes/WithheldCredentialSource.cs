namespace Tracebloc.Kubernetes;

/// <summary>Stands in for credentials that must not be sent: no plugin runs and no file is read.</summary>
internal sealed class WithheldCredentialSource(Uri server) : CredentialSource
{
    internal override string Description => "the configured credentials";

    internal override ValueTask<Credential> GetAsync(CancellationToken cancellationToken) =>
        throw new CredentialException(
            $"credentials are not sent to {server.GetLeftPart(UriPartial.Authority)}: plain HTTP leaves this machine "
            + "unencrypted; use https");
}
