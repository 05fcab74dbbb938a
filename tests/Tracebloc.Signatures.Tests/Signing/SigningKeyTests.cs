using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Parameters;
using Tracebloc.Signatures.Signing;

namespace Tracebloc.Signatures.Tests.Signing;

/// <summary>Private keys are read in all the forms that they come in.</summary>
public sealed class SigningKeyTests : IDisposable
{
    private const string Password = "correct horse";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Fact]
    public void A_key_is_read_in_each_form()
    {
        var parameters = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
        string[] forms =
        [
            _key.ExportPkcs8PrivateKeyPem(),
            _key.ExportECPrivateKeyPem(),
            _key.ExportEncryptedPkcs8PrivateKeyPem(Password, parameters),
            Cosign("ENCRYPTED SIGSTORE PRIVATE KEY"),
            Cosign("ENCRYPTED COSIGN PRIVATE KEY"),
        ];
        foreach (var form in forms)
        {
            using var read = SigningKey.Read(form, Password, out var fault);
            Assert.Null(fault);
            Assert.Equal(_key.ExportSubjectPublicKeyInfo(), read!.PublicKeyInfo.ToArray());
            Assert.Equal(_key.ExportSubjectPublicKeyInfoPem(), read.PublicKeyPem);
        }
    }

    [Fact]
    public void A_text_without_a_usable_key_is_refused_with_its_reason()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        var parameters = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
        var encrypted = _key.ExportEncryptedPkcs8PrivateKeyPem(Password, parameters);
        (string Pem, string? Password, string Why)[] rows =
        [
            ("", null, "no PEM block"),
            (new string('x', 70_000), null, "64 KiB"),
            (_key.ExportSubjectPublicKeyInfoPem(), null, "it holds a PUBLIC KEY"),
            (other.ExportPkcs8PrivateKeyPem(), null, "not on the curve P-256"),
            (rsa.ExportPkcs8PrivateKeyPem(), null, "cannot be read"),
            (PemEncoding.WriteString("PRIVATE KEY", [1, 2, 3]), null, "cannot be read"),
            (encrypted, null, "no password is given"),
            (encrypted, "wrong", "the password is wrong"),
            (Cosign("ENCRYPTED SIGSTORE PRIVATE KEY"), null, "no password is given"),
            (Cosign("ENCRYPTED SIGSTORE PRIVATE KEY"), "wrong", "the password is wrong"),
            (Cosign("ENCRYPTED SIGSTORE PRIVATE KEY", n: 1 << 20), Password, "at a cost"),
            (Cosign("ENCRYPTED SIGSTORE PRIVATE KEY", n: 1000), Password, "at a cost"),
            (Cosign("ENCRYPTED SIGSTORE PRIVATE KEY", kdf: "argon2"), Password, "cannot be read"),
            (PemEncoding.WriteString("ENCRYPTED SIGSTORE PRIVATE KEY", "no json"u8), Password, "cannot be read"),
        ];
        foreach (var (pem, password, why) in rows)
        {
            Assert.Null(SigningKey.Read(pem, password, out var fault));
            Assert.Contains(why, fault, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_box_is_opened_unless_a_bit_of_it_was_changed()
    {
        var key = Convert.FromHexString("1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389");
        var nonce = Convert.FromHexString("69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37");
        var text = Enumerable.Range(0, 131).Select(i => (byte)i).ToArray();
        var box = Seal(key, nonce, text);

        Assert.Equal(text, SecretBox.Open(key, nonce, box));
        for (var bit = 0; bit < box.Length * 8; bit += 7)
            Assert.Null(SecretBox.Open(key, nonce, Tampering.Flip(box, bit)));
        Assert.Null(SecretBox.Open(key, nonce, box[..15]));
    }

    public void Dispose() => _key.Dispose();

    private string Cosign(string label, int n = 1 << 15, string kdf = "scrypt")
    {
        var (salt, nonce) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(24));
        var cost = int.IsPow2(n) ? Math.Min(n, 1 << 15) : 1 << 15;
        var key = SCrypt.Generate(System.Text.Encoding.UTF8.GetBytes(Password), salt, cost, 8, 1, 32);
        var json = new JsonObject
        {
            ["kdf"] = new JsonObject
            {
                ["name"] = kdf,
                ["params"] = new JsonObject { ["N"] = n, ["r"] = 8, ["p"] = 1 },
                ["salt"] = Convert.ToBase64String(salt),
            },
            ["cipher"] = new JsonObject
            {
                ["name"] = "nacl/secretbox",
                ["nonce"] = Convert.ToBase64String(nonce),
            },
            ["ciphertext"] = Convert.ToBase64String(Seal(key, nonce, _key.ExportPkcs8PrivateKey())),
        };
        return PemEncoding.WriteString(label, System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    private static byte[] Seal(byte[] key, byte[] nonce, byte[] text)
    {
        var engine = new XSalsa20Engine();
        engine.Init(true, new ParametersWithIV(new KeyParameter(key), nonce));
        var stream = new byte[32 + text.Length];
        engine.ProcessBytes([.. new byte[32], .. text], 0, stream.Length, stream, 0);
        var mac = new Poly1305();
        mac.Init(new KeyParameter(stream[..32]));
        mac.BlockUpdate(stream, 32, text.Length);
        var tag = new byte[16];
        mac.DoFinal(tag, 0);
        return [.. tag, .. stream[32..]];
    }
}
