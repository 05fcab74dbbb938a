using System.Text;

namespace Tracebloc.Kubernetes;

/// <summary>The end of a text of any length. Safe for one writer and any number of readers.</summary>
/// <param name="limit">The bytes that are kept.</param>
internal sealed class TailText(int limit)
{
    private readonly Lock _gate = new();
    private byte[] _bytes = [];
    private int _count;
    private bool _isCut;

    internal void Append(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty) return;
        var fits = data[Math.Max(0, data.Length - limit)..];
        lock (_gate)
        {
            if (_bytes.Length == 0) _bytes = new byte[2 * limit];
            _isCut |= _count + data.Length > limit;
            if (_count + fits.Length > _bytes.Length) Drop();
            fits.CopyTo(_bytes.AsSpan(_count));
            _count += fits.Length;
        }
    }

    /// <summary>The text; a character that was cut in half at its start is left out.</summary>
    public override string ToString()
    {
        lock (_gate)
        {
            var start = Math.Max(0, _count - limit);
            var bytes = _bytes.AsSpan(start, _count - start);
            if (_isCut)
                while (bytes is [>= 0x80 and < 0xC0, ..]) bytes = bytes[1..];
            return Encoding.UTF8.GetString(bytes);
        }
    }

    // Half of the buffer at a time, so that each byte is moved at most once.
    private void Drop()
    {
        var kept = Math.Min(_count, limit);
        _bytes.AsSpan(_count - kept, kept).CopyTo(_bytes);
        _count = kept;
    }
}
