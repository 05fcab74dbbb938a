using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Registry;

/// <summary>
/// Signs images with a key as <c>cosign sign --key</c> does in its older layout: a signed payload, and a manifest under
/// the tag <see cref="TagOf"/> with the signature in an annotation.
/// </summary>
/// <param name="sign">Makes the signature over the payload.</param>
public sealed class CosignSigner(Func<byte[], byte[]> sign)
{
    public const string PayloadType = "application/vnd.dev.cosign.simplesigning.v1+json";
    public const string Annotation = "dev.cosignproject.cosign/signature";

    /// <summary>A signer by ECDSA, which hashes with SHA-256.</summary>
    public static CosignSigner Of(ECDsa key) => new(
        payload => key.SignData(payload, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    public static string TagOf(string digest) => digest.Replace(':', '-') + ".sig";

    public static byte[] Payload(string reference, string digest) => Encoding.UTF8.GetBytes(
        $"{{\"critical\":{{\"identity\":{{\"docker-reference\":\"{reference}\"}},"
        + $"\"image\":{{\"docker-manifest-digest\":\"{digest}\"}},"
        + "\"type\":\"cosign container image signature\"},\"optional\":null}");

    /// <summary>A layer with the payload, signed; more annotations can be added.</summary>
    public JsonObject Layer(byte[] payload)
    {
        var layer = FakeManifest.Descriptor(PayloadType, payload);
        layer["annotations"] = new JsonObject { [Annotation] = Convert.ToBase64String(sign(payload)) };
        return layer;
    }

    public static FakeManifest Manifest(params JsonObject[] layers)
    {
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = FakeManifest.OciManifest,
            ["config"] = FakeManifest.Descriptor(
                "application/vnd.oci.image.config.v1+json", FakeManifest.EmptyConfig.ToArray()),
            ["layers"] = new JsonArray([.. layers]),
        };
        return new FakeManifest(FakeManifest.OciManifest, Encoding.UTF8.GetBytes(manifest.ToJsonString()));
    }

    /// <summary>The manifest and the blobs that sign an image: <c>registry.example/app</c> and its digest.</summary>
    public (FakeManifest Manifest, IReadOnlyList<byte[]> Blobs) Sign(string reference, string digest)
    {
        var payload = Payload(reference, digest);
        return (Manifest(Layer(payload)), [FakeManifest.EmptyConfig.ToArray(), payload]);
    }
}
