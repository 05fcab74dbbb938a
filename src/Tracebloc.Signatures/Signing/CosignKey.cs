using System.Text;
using System.Text.Json.Serialization;
using Org.BouncyCastle.Crypto.Generators;

namespace Tracebloc.Signatures.Signing;

/// <summary>
/// cosign's private key, encrypted by a password: scrypt and NaCl's secretbox (secure-systems-lab/go-securesystemslib,
/// encrypted).
/// </summary>
internal sealed record CosignKey
{
    private const int KeySize = 32;

    // cosign has written 32768 and 65536; the memory is 128 bytes times cost and block size.
    private const int MostCost = 1 << 17, BlockSize = 8, Parallelization = 1;

    [JsonPropertyName("kdf")] public required Derivation Kdf { get; init; }

    [JsonPropertyName("cipher")] public required CipherPart Cipher { get; init; }

    [JsonPropertyName("ciphertext")] public required byte[] Ciphertext { get; init; }

    /// <summary>The key in PKCS#8, or null and the reason.</summary>
    public static byte[]? Open(ReadOnlySpan<byte> json, string password, out string? fault)
    {
        if (SigstoreJson.Read(json, SigstoreJson.Default.CosignKey, out _) is not { } file
            || file.Kdf.Name != "scrypt" || file.Cipher is not
            { Name: "nacl/secretbox", Nonce.Length: SecretBox.NonceSize })
        {
            fault = "cosign's private key in it cannot be read; give the file that cosign wrote";
            return null;
        }

        if (file.Kdf.Params is not { R: BlockSize, P: Parallelization, N: > 1 and <= MostCost and var cost }
            || (cost & (cost - 1)) != 0)
        {
            fault = "cosign's private key in it is encrypted at a cost that cosign does not use";
            return null;
        }

        var key = SCrypt.Generate(
            Encoding.UTF8.GetBytes(password), file.Kdf.Salt, cost, BlockSize, Parallelization, KeySize);
        var opened = SecretBox.Open(key, file.Cipher.Nonce, file.Ciphertext);
        fault = opened is null ? "the private key in it cannot be decrypted: the password is wrong" : null;
        return opened;
    }

    internal sealed record Derivation
    {
        [JsonPropertyName("name")] public required string Name { get; init; }

        [JsonPropertyName("params")] public required Cost Params { get; init; }

        [JsonPropertyName("salt")] public required byte[] Salt { get; init; }
    }

    internal sealed record Cost
    {
        [JsonPropertyName("N")] public required int N { get; init; }

        [JsonPropertyName("r")] public required int R { get; init; }

        [JsonPropertyName("p")] public required int P { get; init; }
    }

    internal sealed record CipherPart
    {
        [JsonPropertyName("name")] public required string Name { get; init; }

        [JsonPropertyName("nonce")] public required byte[] Nonce { get; init; }
    }
}
