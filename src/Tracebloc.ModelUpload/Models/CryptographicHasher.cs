using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tracebloc.ModelUpload.Models;

/// <summary>The algorithms that .NET has.</summary>
internal sealed class CryptographicHasher(HashAlgorithmName algorithm) : IContentHasher
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(algorithm);

    /// <summary>Git's hash of a file of so many bytes.</summary>
    public static CryptographicHasher OfGitBlob(long length)
    {
        var hasher = new CryptographicHasher(HashAlgorithmName.SHA1);
        hasher.Add(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {length}\0")));
        return hasher;
    }

    public void Add(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

    public string Hex() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();
}
