using System.Security.Cryptography;
using System.Text;

namespace Tracebloc.Ingestion.Reporting;

/// <summary>
/// The <c>injestor_id</c> by which the central backend knows the data set of a run. It follows from the run's key and
/// table, so that the token of a run is worth nothing for the data set of another.
/// </summary>
public static class IngestorId
{
    // A fixed, random namespace: no other program's names give the same ids.
    private static readonly byte[] Namespace =
        new Guid("db8f300e-bf96-4f31-8b99-33c73ed4abcb").ToByteArray(bigEndian: true);

    /// <summary>The id of a run: a UUID of version 8 by SHA-256 (RFC 9562, appendix B.2), in lower case.</summary>
    /// <param name="runKey">The key, which has no line break.</param>
    /// <param name="table">The table.</param>
    public static string Of(string runKey, string table)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. Namespace, .. Encoding.UTF8.GetBytes($"{runKey}\n{table}")], hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString();
    }
}
