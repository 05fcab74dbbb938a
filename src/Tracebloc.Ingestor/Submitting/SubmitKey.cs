using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tracebloc.Ingestor.Submitting;

/// <summary>The key that a submission has when none is given: it follows the content.</summary>
internal static class SubmitKey
{
    private const int Digits = 32;

    /// <summary>The first 32 hexadecimal digits of a SHA-256.</summary>
    /// <param name="uid">Tells installations of one content apart; empty: they are one run.</param>
    /// <param name="content">The text of the ingest.yaml.</param>
    /// <param name="imageDigest">The digest of the image; null for none.</param>
    /// <param name="parallelism">The number of pods; null is 1.</param>
    public static string Of(string uid, string content, string? imageDigest, int? parallelism)
    {
        string[] parts = [uid, content, imageDigest ?? "", (parallelism ?? 1).ToString(CultureInfo.InvariantCulture)];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))))[..Digits];
    }
}
