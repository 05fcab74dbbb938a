using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Tracebloc.Configuration;

namespace Tracebloc.JobsManager.Tokens;

/// <summary>
/// Mints and checks the tokens of runs: JSON Web Tokens with HS256 (RFC 7515, 7519). The algorithm is pinned, since
/// only the one header that it writes is accepted.
/// </summary>
internal sealed class RunToken(Secret key, TimeProvider time)
{
    /// <summary>Renewals end after so many lives of the first token.</summary>
    public const int Lives = 4;

    private const int Longest = 2048;

    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    public Secret Mint(RunClaims claims)
    {
        var text = $"{Header}.{Base64Url.EncodeToString(RunPayload.Write(claims, time.GetUtcNow()))}";
        return new Secret($"{text}.{SignatureOf(text)}");
    }

    /// <summary>The claims of a token; null for one that is forged, malformed or expired.</summary>
    public RunClaims? Check(string token) =>
        token.Length <= Longest
        && token.Split('.') is [var header, var payload, var signature]
        && header == Header
        && IsEqual(signature, SignatureOf($"{header}.{payload}"))
        && Decode(payload) is { } json
        && RunPayload.Read(json) is { } claims
        && time.GetUtcNow() < claims.ExpiresAt
            ? claims
            : null;

    /// <summary>The claims for a token that replaces a valid one.</summary>
    /// <param name="claims">The claims of the valid one.</param>
    /// <param name="life">The life of a token.</param>
    public RunClaims Renewed(RunClaims claims, TimeSpan life)
    {
        var now = time.GetUtcNow();
        var last = claims.FirstIssuedAt + (life * Lives);
        var end = now + life < last ? now + life : last;
        return end > claims.ExpiresAt ? claims with { ExpiresAt = end } : claims;
    }

    // As text: a signature has one spelling, where a decoder would accept four for its last letter.
    private string SignatureOf(string text) => Base64Url.EncodeToString(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Reveal()), Encoding.UTF8.GetBytes(text)));

    private static bool IsEqual(string given, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(right));

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        var status = Base64Url.DecodeFromChars(text, bytes, out _, out var length);
        // The decoder skips white space and padding.
        return status == OperationStatus.Done && Base64Url.EncodeToString(bytes.AsSpan(0, length)) == text
            ? bytes[..length]
            : null;
    }
}
