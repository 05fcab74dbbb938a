using System.Runtime.Intrinsics;
using System.Text;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Reading;

/// <summary>The bytes that have a meaning in a CSV file.</summary>
internal sealed class CsvDialect
{
    /// <summary>The bytes that one search looks at.</summary>
    public const int BlockBytes = 64;

    private readonly Vector128<byte> _delimiter;
    private readonly Vector128<byte> _quote;
    private readonly Vector128<byte> _escape;

    /// <summary>Takes options whose quote and escape are one ASCII character each.</summary>
    public CsvDialect(CsvOptions options)
    {
        Delimiter = Encoding.UTF8.GetBytes(options.Delimiter);
        (Quote, Escape) = ((byte)options.Quote, (byte)options.Escape);
        _delimiter = Vector128.Create(Delimiter[0]);
        _quote = Vector128.Create(Quote);
        _escape = Vector128.Create(Escape);
    }

    public byte[] Delimiter { get; }

    public byte Quote { get; }

    public byte Escape { get; }

    /// <summary>The bytes of a block that have a meaning, one bit each, the lowest for the first.</summary>
    /// <param name="first">The first of 64 bytes.</param>
    public ulong MaskOf(ref byte first) =>
        Bits(ref first, 0) | Bits(ref first, 16) << 16 | Bits(ref first, 32) << 32 | Bits(ref first, 48) << 48;

    private ulong Bits(ref byte first, nuint at)
    {
        var bytes = Vector128.LoadUnsafe(ref first, at);
        var marks = Vector128.Equals(bytes, _delimiter) | Vector128.Equals(bytes, _quote)
            | Vector128.Equals(bytes, _escape) | Vector128.Equals(bytes, Vector128.Create((byte)'\n'))
            | Vector128.Equals(bytes, Vector128.Create((byte)'\r'));
        return marks.ExtractMostSignificantBits();
    }
}
