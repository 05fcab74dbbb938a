using System.Buffers;

namespace Tracebloc.Testing.Registry;

/// <summary>An open upload.</summary>
internal sealed class FakeUpload(string id, string repository)
{
    private readonly ArrayBufferWriter<byte> _content = new();

    public string Id => id;

    public string Repository => repository;

    public long Length => _content.WrittenCount;

    /// <summary>The number of PATCH requests that it took.</summary>
    public int Patches { get; set; }

    /// <summary>The bytes after the first PATCH.</summary>
    public long FirstEnd { get; set; }

    /// <summary>True once a chunk was below the least length: no other may follow.</summary>
    public bool IsShort { get; set; }

    /// <summary>The number in the newest location: older ones are void.</summary>
    public int Version { get; set; }

    public byte[] Content => _content.WrittenSpan.ToArray();

    public void Append(ReadOnlySpan<byte> bytes) => _content.Write(bytes);
}
