namespace Tracebloc.Ingestion.Reading;

/// <summary>A cell's place in the text of its batch.</summary>
/// <param name="Start">The bytes before its text.</param>
/// <param name="Length">The bytes of its text, with the lowest bit for quotes.</param>
internal readonly record struct CellSpan(int Start, uint Length)
{
    public CellSpan(int start, int length, bool wasQuoted)
        : this(start, (uint)length << 1 | (wasQuoted ? 1u : 0u))
    {
    }

    public int Bytes => (int)(Length >> 1);

    public bool WasQuoted => (Length & 1) != 0;
}
