using System.Security.Cryptography;
using Tracebloc.Testing.Registry;

namespace Tracebloc.EndToEnd;

/// <summary>A signer of images with a key of its own.</summary>
internal sealed class Signing(RealRegistry registry) : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>As cosign writes it, its ends of lines as YAML takes them in double quotes.</summary>
    public string PublicKey => _key.ExportSubjectPublicKeyInfoPem().Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>As <c>cosign sign --key</c> does, under the name that the node pulls it by.</summary>
    public Task SignAsync(string repository, string digest, CancellationToken cancellationToken)
    {
        var (manifest, blobs) = CosignSigner.Of(_key).Sign(StandIns.NameOf(repository), digest);
        return registry.PushAsync(repository, CosignSigner.TagOf(digest), manifest, blobs, cancellationToken);
    }

    public void Dispose() => _key.Dispose();
}
