using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>A bundle may name an intermediate authority without its root, as some clusters' kubeconfigs do.</summary>
public sealed class AuthorityTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly ECDsa _key = ECDsa.Create();

    [Fact]
    public void An_intermediate_of_the_bundle_is_trusted() =>
        Assert.True(Accepts(Issue("CN=inner", Now.AddDays(1)), "CN=inner"));

    [Fact]
    public void An_expired_certificate_is_not() =>
        Assert.False(Accepts(Issue("CN=inner", Now.AddMinutes(-1)), "CN=inner"));

    [Fact]
    public void A_certificate_of_another_authority_is_not() =>
        Assert.False(Accepts(Issue("CN=other", Now.AddDays(1)), "CN=inner"));

    [Fact]
    public void A_wrong_name_is_not_made_good_by_it()
    {
        var authorities = new X509Certificate2Collection(Inner("CN=inner"));

        Assert.False(KubernetesTransport.EndsAtAuthority(
            new X509Chain(), SslPolicyErrors.RemoteCertificateNameMismatch, authorities));
    }

    private bool Accepts(X509Certificate2 leaf, string authority)
    {
        var authorities = new X509Certificate2Collection(Inner(authority));
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        Assert.False(chain.Build(leaf)); // by itself .NET wants to see the root
        return KubernetesTransport.EndsAtAuthority(chain, SslPolicyErrors.RemoteCertificateChainErrors, authorities);
    }

    private X509Certificate2 Inner(string name)
    {
        var request = new CertificateRequest(name, _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return Sign(request, "CN=root", Now.AddDays(1));
    }

    private X509Certificate2 Issue(string issuer, DateTimeOffset until) =>
        Sign(new CertificateRequest("CN=server", _key, HashAlgorithmName.SHA256), issuer, until);

    private X509Certificate2 Sign(CertificateRequest request, string issuer, DateTimeOffset until) => request.Create(
        new X500DistinguishedName(issuer), X509SignatureGenerator.CreateForECDsa(_key), Now.AddDays(-2), until,
        RandomNumberGenerator.GetBytes(8));
}
