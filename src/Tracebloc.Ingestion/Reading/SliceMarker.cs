using System.Buffers;

namespace Tracebloc.Ingestion.Reading;

/// <summary>Makes the checksums of a slice's records, the end of which is found behind the slice.</summary>
/// <param name="begin">The bytes of the file before the records.</param>
/// <param name="to">The bytes of the file before the next slice.</param>
internal sealed class SliceMarker(long begin, long to)
{
    private readonly SourceMarker _marker = new(expected: null, inBlock: (int)(begin % SourceMark.BlockBytes));
    private readonly ArrayBufferWriter<byte> _behind = new();
    private long _at = begin;

    /// <summary>Takes the next bytes, as the file has them.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        var within = (int)Math.Clamp(to - _at, 0, bytes.Length);
        _marker.Add(bytes[..within]);
        _behind.Write(bytes[within..]);
        _at += bytes.Length;
    }

    /// <summary>The checksums of the records up to their end.</summary>
    public IReadOnlyList<uint> End(long end)
    {
        if (end > to) _marker.Add(_behind.WrittenSpan[..(int)(end - to)]);
        return _marker.End()?.Blocks ?? [];
    }
}
