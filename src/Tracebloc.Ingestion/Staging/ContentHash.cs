using System.Security.Cryptography;

namespace Tracebloc.Ingestion.Staging;

/// <summary>Computes the hash of one file after the other, without an object for each.</summary>
public sealed class ContentHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The hash of what was added so far; more can be added.</summary>
    public FileHash Current
    {
        get
        {
            Span<byte> bytes = stackalloc byte[FileHash.Size];
            _hash.GetCurrentHash(bytes);
            return FileHash.Of(bytes);
        }
    }

    /// <summary>Adds content.</summary>
    public void Add(ReadOnlySpan<byte> content) => _hash.AppendData(content);

    /// <summary>The hash of all that was added; the next file begins.</summary>
    public FileHash End()
    {
        Span<byte> bytes = stackalloc byte[FileHash.Size];
        _hash.GetHashAndReset(bytes);
        return FileHash.Of(bytes);
    }

    /// <summary>Frees it.</summary>
    public void Dispose() => _hash.Dispose();
}
