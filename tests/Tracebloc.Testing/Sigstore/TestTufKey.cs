using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Sigstore;

/// <summary>A key that signs TUF metadata.</summary>
/// <param name="type">The type as metadata has it.</param>
/// <param name="scheme">The scheme as metadata has it.</param>
/// <param name="publicKey">PEM, or hexadecimal digits.</param>
/// <param name="sign">Signs bytes.</param>
public sealed class TestTufKey(string type, string scheme, string publicKey, Func<byte[], byte[]> sign)
{
    public string Id { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(publicKey)));

    public static TestTufKey Ecdsa(string type = "ecdsa")
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new TestTufKey(
            type, "ecdsa-sha2-nistp256", key.ExportSubjectPublicKeyInfoPem(),
            bytes => key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    public static TestTufKey Rsa()
    {
        var key = RSA.Create(2048);
        return new TestTufKey(
            "rsa", "rsassa-pss-sha256", key.ExportSubjectPublicKeyInfoPem(),
            bytes => key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss));
    }

    public static TestTufKey Edwards()
    {
        var key = new EdwardsKey(RandomNumberGenerator.GetBytes(32));
        return new TestTufKey("ed25519", "ed25519", Convert.ToHexStringLower(key.PublicKey), key.Sign);
    }

    public JsonObject ToJson() => new()
    {
        ["keytype"] = type,
        ["scheme"] = scheme,
        ["keyval"] = new JsonObject { ["public"] = publicKey },
    };

    public JsonObject SignatureOf(byte[] bytes) =>
        new() { ["keyid"] = Id, ["sig"] = Convert.ToHexStringLower(sign(bytes)) };
}
