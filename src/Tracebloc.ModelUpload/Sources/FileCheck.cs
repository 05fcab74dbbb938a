using Tracebloc.ModelUpload.Models;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>The bytes of a file so far, held against what its source states.</summary>
internal sealed class FileCheck : IDisposable
{
    private readonly SourceFile _file;
    private readonly CryptographicHasher _content = new(System.Security.Cryptography.HashAlgorithmName.SHA256);
    private readonly List<(ContentHash Stated, IContentHasher Hasher)> _stated = [];

    /// <exception cref="UploadException">A stated hash needs the length, which is not stated.</exception>
    public FileCheck(SourceFile file)
    {
        _file = file;
        foreach (var hash in file.Stated)
            _stated.Add((hash, hash.Kind == HashKind.Sha256 ? _content : Hasher(hash.Kind)));
    }

    /// <summary>The bytes so far.</summary>
    public long Length { get; private set; }

    /// <summary>True where the stated length is reached: no further byte is one of the file's.</summary>
    public bool IsWhole => Length == _file.Length;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        _content.Add(bytes);
        foreach (var (_, hasher) in _stated)
            if (!ReferenceEquals(hasher, _content))
                hasher.Add(bytes);
    }

    /// <summary>The digest of the whole file.</summary>
    /// <exception cref="UploadException">A stated hash is another one.</exception>
    public Digest Finish()
    {
        foreach (var (stated, hasher) in _stated)
            if (hasher.Hex() is var found && !string.Equals(found, stated.Hex, StringComparison.OrdinalIgnoreCase))
                throw UploadException.OfSource(
                    $"{_file.Address} has the {Name(stated.Kind)} {found}, stated is {stated.Hex}: "
                    + "the source or the way is damaged; check the file there and start again");
        return Digest.TryParse($"sha256:{_content.Hex()}", out var digest)
            ? digest
            : throw new InvalidOperationException("SHA-256 gives 64 digits.");
    }

    public void Dispose()
    {
        _content.Dispose();
        foreach (var (_, hasher) in _stated)
            hasher.Dispose();
    }

    private IContentHasher Hasher(HashKind kind) => ContentHasher.Of(kind, _file.Length)
        ?? throw UploadException.OfSource(
            $"{_file.Address} has a stated {Name(kind)} and no stated length, without which it cannot be checked");

    private static string Name(HashKind kind) => kind switch
    {
        HashKind.Sha256 => "SHA-256",
        HashKind.Sha512 => "SHA-512",
        HashKind.GitBlob => "Git hash",
        HashKind.Crc32C => "CRC-32C",
        HashKind.Crc64Nvme => "CRC-64/NVME",
        _ => "MD5",
    };
}
