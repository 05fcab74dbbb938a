namespace Tracebloc.Ingestion.Reading;

/// <summary>Makes the mark of a source while it is read, and compares it with an earlier one block by block.</summary>
/// <param name="expected">The mark of the earlier pass; null for the first.</param>
/// <param name="firstBlock">The block that the first bytes begin: not 0 in a part of the source.</param>
/// <param name="inBlock">The bytes of that block before the first bytes, which are not looked at.</param>
internal sealed class SourceMarker(SourceMark? expected, int firstBlock = 0, int inBlock = 0)
{
    private readonly List<uint> _blocks = [];
    private uint _checksum = uint.MaxValue;
    private int _inBlock = inBlock;
    private long _length;

    /// <summary>Takes the next bytes.</summary>
    /// <returns>False where they are not those of the earlier pass.</returns>
    public bool Add(ReadOnlySpan<byte> bytes)
    {
        _length += bytes.Length;
        while (!bytes.IsEmpty)
        {
            var part = bytes[..Math.Min(bytes.Length, SourceMark.BlockBytes - _inBlock)];
            _checksum = Crc32C.Add(_checksum, part);
            _inBlock += part.Length;
            bytes = bytes[part.Length..];
            if (_inBlock == SourceMark.BlockBytes && !EndBlock()) return false;
        }

        return true;
    }

    /// <summary>Ends the source.</summary>
    /// <returns>Its mark; null where it is not that of the earlier pass.</returns>
    public SourceMark? End()
    {
        if (_inBlock > 0 && !EndBlock()) return null;
        var mark = new SourceMark(_length, [.. _blocks]);
        return expected is null || mark.Equals(expected) ? mark : null;
    }

    /// <summary>Ends a part of the source behind a whole block, or at the source's end.</summary>
    /// <returns>The mark of the whole source; null where the part is not that of the earlier pass.</returns>
    public SourceMark? EndPart() => _inBlock == 0 || EndBlock() ? expected : null;

    private bool EndBlock()
    {
        _blocks.Add(~_checksum);
        (_checksum, _inBlock) = (uint.MaxValue, 0);
        return expected is null
            || (firstBlock + _blocks.Count <= expected.Blocks.Count
                && _blocks[^1] == expected.Blocks[firstBlock + _blocks.Count - 1]);
    }
}
