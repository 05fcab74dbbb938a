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

    private const int BlockLength = 16;

    private readonly Aes _cipher = Aes.Create();
    private readonly ICryptoTransform _encryptor;
    private readonly IncrementalHash _content;
    private readonly byte[] _position = new byte[BlockLength];
    private readonly byte[] _block = new byte[BlockLength];
    private readonly byte[] _text = new byte[HashLength];

    /// <param name="runKey">The key that all attempts of a Job share.</param>
    /// <param name="salt">The table's salt.</param>
    public RowIds(string runKey, ReadOnlySpan<byte> salt)
    {
        // Single blocks, all different, are what this mode is for; a keyed hash takes nine times as long.
        (_cipher.Mode, _cipher.Padding) = (CipherMode.ECB, PaddingMode.None);
        _cipher.Key = SHA256.HashData([.. "ingest.v1"u8, 0, .. Encoding.UTF8.GetBytes(runKey), 0, .. salt]);
        _encryptor = _cipher.CreateEncryptor();
        _content = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, salt);
    }

    /// <summary>
    /// The UUID of version 8 for a position: its encryption, so that the ids that leave the cluster do not tell the
    /// order of rows.
    /// </summary>
    /// <param name="position">The bytes of the source before the row.</param>
    /// <returns>36 characters, valid until the next call.</returns>
    public ReadOnlySpan<byte> Uuid(long position)
    {
        BinaryPrimitives.WriteInt64BigEndian(_position, position);
        _encryptor.TransformBlock(_position, 0, BlockLength, _block, 0);
        _block[6] = (byte)((_block[6] & 0x0f) | 0x80);
        _block[8] = (byte)((_block[8] & 0x3f) | 0x80);
        Utf8Formatter.TryFormat(new Guid(_block, bigEndian: true), _text, out var written);
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

    public void Dispose()
    {
        _content.Dispose();
        _encryptor.Dispose();
        _cipher.Dispose();
    }
}
