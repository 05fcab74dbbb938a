using System.Buffers.Binary;

namespace Tracebloc.Ingestion.Staging;

/// <summary>A SHA-256.</summary>
/// <param name="High">Its first half.</param>
/// <param name="Low">Its second half.</param>
public readonly record struct FileHash(UInt128 High, UInt128 Low)
{
    /// <summary>The length in bytes.</summary>
    public const int Size = 32;

    private const int Half = 16;

    /// <summary>Reads a hash.</summary>
    /// <param name="bytes">All of its bytes.</param>
    public static FileHash Of(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[Half..]));

    /// <summary>Reads hexadecimal digits.</summary>
    /// <returns>Null where they are no hash.</returns>
    public static FileHash? Parse(ReadOnlySpan<char> digits)
    {
        Span<byte> bytes = stackalloc byte[Size];
        return digits.Length == 2 * Size
            && Convert.FromHexString(digits, bytes, out _, out _) == System.Buffers.OperationStatus.Done
                ? Of(bytes)
                : null;
    }

    /// <summary>Writes the hash.</summary>
    public void CopyTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt128BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[Half..], Low);
    }

    /// <summary>Its hexadecimal digits.</summary>
    public override string ToString() => $"{High:x32}{Low:x32}";
}
