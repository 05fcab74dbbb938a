using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tracebloc.Testing.Hub;

/// <summary>A file of a model on the hub.</summary>
/// <param name="Path">Its place in the repository.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="IsLfs">True keeps it outside Git, on the second server.</param>
public sealed record FakeHubFile(string Path, ReadOnlyMemory<byte> Content, bool IsLfs = false)
{
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Content.Span));

    /// <summary>The SHA-1 of the Git blob.</summary>
    public string BlobId
    {
        get
        {
            var head = Encoding.ASCII.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"blob {Content.Length}\0"));
            return Convert.ToHexStringLower(
                CryptographicOperations.HashData(HashAlgorithmName.SHA1, [.. head, .. Content.Span]));
        }
    }

    /// <summary>The hash that the hub states.</summary>
    public string Oid => IsLfs ? Sha256 : BlobId;
}
