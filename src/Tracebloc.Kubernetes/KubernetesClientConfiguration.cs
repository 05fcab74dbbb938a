using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Kubernetes;

/// <summary>The API server's address, its trusted authorities, and the credentials for it.</summary>
public sealed partial record KubernetesClientConfiguration
{
    /// <summary>
    /// The server's address; a path is kept in front of every request's. With http beyond loopback a request that would
    /// carry credentials fails.
    /// </summary>
    public required Uri Server { get; init; }

    /// <summary>The namespace meant where none is named; <c>default</c> as in kubectl.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>False where <see cref="Namespace"/> is the default, which the configuration does not name.</summary>
    public bool NamesNamespace { get; init; }

    /// <summary>The kubeconfig's context; null in a pod.</summary>
    public string? Context { get; init; }

    /// <summary>The only authorities a server certificate may come from; null: those of the system.</summary>
    public X509Certificate2Collection? CertificateAuthorities { get; init; }

    /// <summary>The source of <see cref="CertificateAuthorities"/>, for messages.</summary>
    public string CertificateAuthoritySource { get; init; } = "the system's certificate store";

    /// <summary>Accept any server certificate: for tests only, since any server then gets the credentials.</summary>
    public bool SkipTlsVerify { get; init; }

    /// <summary>The name to ask for and to find in the server's certificate, instead of the address's host.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>The certificate to show, with the intermediates that belong to it.</summary>
    public SslStreamCertificateContext? ClientCertificate { get; init; }

    /// <summary>A bearer token that does not change.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// A file with a bearer token, read for every request: the kubelet replaces it before it expires.
    /// </summary>
    public string? TokenFile { get; init; }

    /// <summary>A program that hands out credentials.</summary>
    public ExecCredentialPlugin? Exec { get; init; }

    /// <summary>The way to the server when it is not direct. Environment variables are not looked at.</summary>
    public Uri? Proxy { get; init; }

    internal bool HasCredentials => Exec is not null || TokenFile is not null || Token is not null
        || ClientCertificate is not null;

    /// <summary>Names the server only: the rest is secret.</summary>
    public override string ToString() => Server.GetLeftPart(UriPartial.Path);
}
