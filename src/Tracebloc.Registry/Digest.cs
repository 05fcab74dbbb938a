using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Tracebloc.Registry;

/// <summary>
/// The content address of a manifest or blob, <c>algorithm:hex</c>. Only the algorithms that go-digest, and so the
/// kubelet, accepts can be held: <c>sha256</c>, <c>sha384</c> and <c>sha512</c>, each in full and in lower case.
/// </summary>
public sealed record Digest
{
    private Digest(string algorithm, string hex)
    {
        Algorithm = algorithm;
        Hex = hex;
    }

    /// <summary><c>sha256</c>, <c>sha384</c> or <c>sha512</c>.</summary>
    public string Algorithm { get; }

    /// <summary>The hash in lower-case hexadecimal digits: 64, 96 or 128 of them.</summary>
    public string Hex { get; }

    /// <summary>The first 12 digits, as in <c>docker images</c>: enough to compare, too few to pull.</summary>
    public string Short() => $"{Algorithm}:{Hex[..12]}";

    /// <summary>Reads <c>sha256:…</c>.</summary>
    /// <exception cref="FormatException">The text is not a digest; the message has the remedy.</exception>
    public static Digest Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(text, out var error) ?? throw new FormatException(error);
    }

    /// <summary>As <see cref="Parse"/>, with false in place of the exception.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Digest? digest)
    {
        digest = text is null ? null : Read(text, out _);
        return digest is not null;
    }

    /// <summary>The SHA-256 digest of <paramref name="content"/>, the raw bytes as they were served.</summary>
    public static Digest Of(ReadOnlySpan<byte> content) =>
        new("sha256", Convert.ToHexStringLower(SHA256.HashData(content)));

    /// <summary>True when <paramref name="content"/> hashes to this digest under this digest's own algorithm.</summary>
    public bool Matches(ReadOnlySpan<byte> content) => Hex == Convert.ToHexStringLower(Algorithm switch
    {
        "sha256" => SHA256.HashData(content),
        "sha384" => SHA384.HashData(content),
        _ => SHA512.HashData(content),
    });

    /// <summary>The canonical text, <c>sha256:…</c>.</summary>
    public override string ToString() => $"{Algorithm}:{Hex}";

    internal static Digest? Read(string text, out string? error)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (algorithm, length) = (colon < 0 ? "" : text[..colon]) switch
        {
            "sha256" => ("sha256", 64),
            "sha384" => ("sha384", 96),
            "sha512" => ("sha512", 128),
            var other => (other, 0),
        };
        error = Fault(algorithm, length, text.AsSpan(colon + 1));
        return error is null ? new Digest(algorithm, text[(colon + 1)..]) : null;
    }

    private static string? Fault(string algorithm, int length, ReadOnlySpan<char> hex)
    {
        if (algorithm.Length == 0)
            return "the digest names no algorithm; write sha256: and 64 hexadecimal digits";
        if (length == 0)
            return "the digest's algorithm is unknown; use sha256, sha384 or sha512, in lower case";
        if (!hex.All(char.IsAsciiHexDigitLower))
            return $"the {algorithm} digest has something other than lower-case hexadecimal digits; "
                + "copy it from the registry unchanged";
        return hex.Length == length
            ? null
            : $"the {algorithm} digest has {hex.Length} hexadecimal digits where {length} are needed; copy it whole";
    }
}
