using System.Net.Http.Headers;
using System.Net.Security;
using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

/// <summary>The credential of one request. A class, since a record would print it.</summary>
internal sealed class Credential(AuthenticationHeaderValue? header, SslStreamCertificateContext? certificate)
{
    internal AuthenticationHeaderValue? Header { get; } = header;

    internal SslStreamCertificateContext? Certificate { get; } = certificate;

    internal bool IsSameAs(Credential other) =>
        Equals(Header, other.Header) && ReferenceEquals(Certificate, other.Certificate);
}

/// <summary>Hands out the credential for each request.</summary>
internal abstract class CredentialSource : IDisposable
{
    /// <summary>The source of the credential, for messages.</summary>
    internal abstract string Description { get; }

    internal abstract ValueTask<Credential> GetAsync(CancellationToken cancellationToken);

    /// <summary>The server refused this credential: forget it, so that the next call may bring another.</summary>
    internal virtual void Reject(Credential credential) { }

    public virtual void Dispose() { }

    // The order is client-go's (rest/transport.go): a token file wins over a token, exec is alone.
    internal static CredentialSource From(KubernetesClientConfiguration configuration, TimeProvider time) =>
        configuration switch
        {
            { HasCredentials: true } when PlainHttp.IsExposed(configuration.Server, configuration.Proxy) =>
                new WithheldCredentialSource(configuration.Server),
            { Exec: { } plugin } => new ExecCredentialSource(plugin, configuration.ClientCertificate, time),
            { TokenFile: { } path } => new TokenFileCredentialSource(path, configuration.ClientCertificate),
            _ => new FixedCredentialSource(configuration),
        };
}

/// <summary>A token, a certificate, or nothing at all.</summary>
internal sealed class FixedCredentialSource(KubernetesClientConfiguration configuration) : CredentialSource
{
    private readonly Credential _credential = new(Header(configuration), configuration.ClientCertificate);

    internal override string Description =>
        configuration switch
        {
            { Token: not null } => "the configured token",
            { ClientCertificate: not null } => "the configured client certificate",
            { Server.Scheme: "http" } => "requests without credentials (a kubeconfig's are sent over https only)",
            _ => "requests without credentials",
        };

    internal override ValueTask<Credential> GetAsync(CancellationToken cancellationToken) => new(_credential);

    private static AuthenticationHeaderValue? Header(KubernetesClientConfiguration from) =>
        from.Token is { } token ? new("Bearer", token) : null;
}
