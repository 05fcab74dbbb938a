using System.Text;

namespace Tracebloc.Ingestion.Staging;

/// <summary>Reads a frame's payload, which may hold anything.</summary>
/// <param name="payload">The payload.</param>
public ref struct PayloadReader(ReadOnlySpan<byte> payload)
{
    private ReadOnlySpan<byte> _rest = payload;

    /// <summary>True where nothing is left.</summary>
    public readonly bool IsEmpty => _rest.IsEmpty;

    /// <summary>Ends the reading.</summary>
    /// <exception cref="StagingException">Something is left: a length was changed on its way.</exception>
    public readonly void End()
    {
        if (!IsEmpty) throw StagingException.Malformed("a frame is too long");
    }

    /// <summary>Reads a byte.</summary>
    /// <exception cref="StagingException">The payload is shorter.</exception>
    public byte Byte() => Bytes(1)[0];

    /// <summary>Reads a number.</summary>
    /// <param name="most">The largest that is allowed.</param>
    /// <exception cref="StagingException">It is larger, or the payload is shorter.</exception>
    public long Number(long most = long.MaxValue)
    {
        var value = 0L;
        for (var shift = 0; shift < 7 * PayloadWriter.LongestNumber; shift += 7)
        {
            var next = Byte();
            value |= (long)(next & 0x7f) << shift;
            if (next < 0x80)
                return value <= most ? value : throw StagingException.Malformed($"{value} is more than {most}");
        }

        throw StagingException.Malformed("a number has no end");
    }

    /// <summary>Reads so many bytes.</summary>
    /// <exception cref="StagingException">The payload is shorter.</exception>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count > _rest.Length) throw StagingException.Malformed("a frame is too short");
        var bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }

    /// <summary>Reads a hash.</summary>
    /// <exception cref="StagingException">The payload is shorter.</exception>
    public FileHash Hash() => FileHash.Of(Bytes(FileHash.Size));

    /// <summary>Reads a text.</summary>
    /// <param name="most">The most bytes that are allowed.</param>
    /// <exception cref="StagingException">It is longer, or the payload is shorter.</exception>
    public string Text(int most) => Encoding.UTF8.GetString(Bytes((int)Number(most)));
}
