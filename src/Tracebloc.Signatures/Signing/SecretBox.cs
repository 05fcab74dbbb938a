using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Parameters;

namespace Tracebloc.Signatures.Signing;

/// <summary>NaCl's secretbox: XSalsa20 and Poly1305, the tag before the text.</summary>
internal static class SecretBox
{
    public const int NonceSize = 24;

    private const int TagSize = 16, MacKeySize = 32;

    /// <summary>The text, or null where key and box do not belong together.</summary>
    public static byte[]? Open(byte[] key, byte[] nonce, byte[] box)
    {
        if (box.Length < TagSize)
            return null;
        var stream = new XSalsa20Engine();
        stream.Init(false, new ParametersWithIV(new KeyParameter(key), nonce));
        var macKey = new byte[MacKeySize];
        stream.ProcessBytes(macKey, 0, MacKeySize, macKey, 0);
        var mac = new Poly1305();
        mac.Init(new KeyParameter(macKey));
        mac.BlockUpdate(box, TagSize, box.Length - TagSize);
        var tag = new byte[TagSize];
        mac.DoFinal(tag, 0);
        if (!CryptographicOperations.FixedTimeEquals(tag, box.AsSpan(0, TagSize)))
            return null;
        var text = new byte[box.Length - TagSize];
        stream.ProcessBytes(box, TagSize, text.Length, text, 0);
        return text;
    }
}
