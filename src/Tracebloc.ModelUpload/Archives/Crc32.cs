namespace Tracebloc.ModelUpload.Archives;

/// <summary>The sum of zip entries, of the reflected polynomial 0xEDB88320; the class library has none.</summary>
internal sealed class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];

    private uint _state = uint.MaxValue;

    public uint Value => ~_state;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var (state, table) = (_state, Table);
        foreach (var value in bytes)
            state = table[(byte)(state ^ value)] ^ (state >> 8);
        _state = state;
    }

    private static uint Entry(int index)
    {
        var entry = (uint)index;
        for (var bit = 0; bit < 8; bit++)
            entry = (entry >> 1) ^ ((entry & 1) * 0xEDB88320);
        return entry;
    }
}
