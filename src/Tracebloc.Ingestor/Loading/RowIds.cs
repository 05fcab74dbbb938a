using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Tracebloc.Ingestor.Loading;

/// <summary>
/// The ids that rows get: the same in every attempt of a run, and no key to what they stand for. Not for two threads.
/// </summary>
internal sealed class RowIds : IDisposable
{
    /// <summary>The characters of a UUID.</summary>
    public const int UuidLength = 36;

    /// <summary>The characters of a content hash.</summary>
    public const int HashLength = 64;

    private readonly byte[] _runKey;
    private readonly IncrementalHash _content;
    private readonly byte[] _text = new byte[HashLength];

    /// <param name="runKey">The key that all attempts of a Job share.</param>
    /// <param name="salt">The table's salt.</param>
    public RowIds(string runKey, ReadOnlySpan<byte> salt)
    {
        _runKey = SHA256.HashData([.. "ingest.v1"u8, 0, .. Encoding.UTF8.GetBytes(runKey), 0, .. salt]);
        _content = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, salt);
    }

    /// <summary>
    /// The UUID of version 8 for a position. It is keyed: the ids that leave the cluster do not tell the order of rows.
    /// </summary>
    /// <param name="position">The bytes of the source before the row.</param>
    /// <returns>36 characters, valid until the next call.</returns>
    public ReadOnlySpan<byte> Uuid(long position)
    {
        Span<byte> input = stackalloc byte[sizeof(long)];
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(input, position);
        HMACSHA256.HashData(_runKey, input, hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        Utf8Formatter.TryFormat(new Guid(hash[..16], bigEndian: true), _text, out var written);
        return _text.AsSpan(0, written);
    }

    /// <summary>Adds a value to the hash of the row's content; null for NULL.</summary>
    public void Add(ReadOnlySpan<byte> value, bool isNull = false)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, isNull ? -1 : value.Length);
        _content.AppendData(length);
        _content.AppendData(value);
    }

    /// <summary>The hash of the values since the last call, keyed with the table's salt.</summary>
    /// <returns>64 hexadecimal digits, valid until the next call.</returns>
    public ReadOnlySpan<byte> ContentHash()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _content.GetHashAndReset(hash);
        Convert.TryToHexStringLower(hash, _text, out var written);
        return _text.AsSpan(0, written);
    }

    public void Dispose() => _content.Dispose();
}
