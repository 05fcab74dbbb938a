namespace Tracebloc.Ingestion.Staging;

/// <summary>A frame: a byte of type, four of length, big-endian, and the payload.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Payload">Its content, valid until the next frame is read.</param>
public readonly record struct Frame(FrameType Type, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The bytes before the payload.</summary>
    public const int Head = 5;

    /// <summary>The most bytes of a frame: a transport may put one before it, and 256 KiB are its limit.</summary>
    public const int Largest = 256 * 1024 - 64;

    /// <summary>The most bytes of a payload.</summary>
    public const int LargestPayload = Largest - Head;

    /// <summary>The most bytes of a payload of a type; some have none.</summary>
    public static int Most(FrameType type) =>
        type is FrameType.OfferEnd or FrameType.Ready or FrameType.End or FrameType.Ping ? 0 : LargestPayload;
}
