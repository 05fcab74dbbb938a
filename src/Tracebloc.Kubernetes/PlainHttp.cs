namespace Tracebloc.Kubernetes;

/// <summary>Connections on which others could read a credential.</summary>
internal static class PlainHttp
{
    /// <summary>True where a request to the server leaves this machine without TLS.</summary>
    internal static bool IsExposed(Uri server, Uri? proxy) =>
        server.Scheme == Uri.UriSchemeHttp && !(server.IsLoopback && proxy?.IsLoopback != false);
}

/// <summary>Stands in for credentials that must not be sent: no plugin runs and no file is read.</summary>
internal sealed class WithheldCredentialSource(Uri server) : CredentialSource
{
    internal override string Description => "the configured credentials";

    internal override ValueTask<Credential> GetAsync(CancellationToken cancellationToken) =>
        throw new CredentialException(
            $"credentials are not sent to {server.GetLeftPart(UriPartial.Authority)}: plain HTTP leaves this machine "
            + "unencrypted; use https");
}
