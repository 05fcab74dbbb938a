using System.Security.Cryptography;

namespace Tracebloc.Signatures.Signing;

/// <summary>Reads the forms in which private keys come.</summary>
internal static class PrivateKeyPem
{
    // The framework's search for a block takes the square of the text's length.
    private const int MaxLength = 64 * 1024;

    private const string Unreadable = "the private key in it cannot be read; give an EC key on P-256";

    /// <summary>Imports the first key of the text; returns the reason where it cannot.</summary>
    public static string? Import(ECDsa key, ReadOnlySpan<char> pem, string? password)
    {
        if (pem.Length > MaxLength)
            return $"it holds more than {MaxLength / 1024} KiB, which no private key does";
        if (!PemEncoding.TryFind(pem, out var block))
            return "it holds no PEM block; give a private key in PEM";
        var content = Convert.FromBase64String(pem[block.Base64Data].ToString());
        var label = pem[block.Label].ToString();
        try
        {
            return Import(key, label, content, password);
        }
        catch (CryptographicException)
        {
            // The exception names OpenSSL's functions, which do not help an operator.
            return label == "ENCRYPTED PRIVATE KEY"
                ? "the private key in it cannot be read: the password is wrong, or it is not on P-256"
                : Unreadable;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private static string? Import(ECDsa key, string label, byte[] content, string? password)
    {
        switch (label)
        {
            case "PRIVATE KEY":
                key.ImportPkcs8PrivateKey(content, out _);
                return null;
            case "EC PRIVATE KEY":
                key.ImportECPrivateKey(content, out _);
                return null;
            case "ENCRYPTED PRIVATE KEY" when password is not null:
                key.ImportEncryptedPkcs8PrivateKey(password, content, out _);
                return null;
            case "ENCRYPTED SIGSTORE PRIVATE KEY" or "ENCRYPTED COSIGN PRIVATE KEY" when password is not null:
                return ImportCosign(key, content, password);
            case var encrypted when encrypted.StartsWith("ENCRYPTED ", StringComparison.Ordinal):
                return "the private key in it is encrypted, and no password is given";
            default:
                return $"it holds a {label}, not a private key of a known form";
        }
    }

    private static string? ImportCosign(ECDsa key, byte[] content, string password)
    {
        if (CosignKey.Open(content, password, out var fault) is not { } opened)
            return fault;
        try
        {
            key.ImportPkcs8PrivateKey(opened, out _);
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(opened);
        }
    }
}
