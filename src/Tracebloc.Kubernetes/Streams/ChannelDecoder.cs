namespace Tracebloc.Kubernetes;

/// <summary>A part of one channel's bytes.</summary>
/// <param name="Channel">The channel's number.</param>
/// <param name="Data">Its bytes, valid until the next message is received.</param>
/// <param name="IsWhole">The message ends with these bytes.</param>
internal readonly record struct ChannelData(byte Channel, ReadOnlyMemory<byte> Data, bool IsWhole);

/// <summary>
/// Sorts messages into channels: the first byte of a message is its channel, the others are the channel's. A message
/// may arrive in pieces, of which only the first has that byte.
/// </summary>
/// <seealso href="https://github.com/kubernetes/apimachinery/blob/v0.34.0/pkg/util/httpstream/wsstream/conn.go"/>
internal sealed class ChannelDecoder
{
    private byte? _channel;

    /// <summary>The bytes of a piece; null when it has none: servers send empty messages too.</summary>
    /// <param name="piece">A message, or a piece of one.</param>
    /// <param name="isLast">The message ends with it.</param>
    internal ChannelData? Next(ReadOnlyMemory<byte> piece, bool isLast)
    {
        if (_channel is null && !piece.IsEmpty)
        {
            _channel = piece.Span[0];
            piece = piece[1..];
        }

        ChannelData? data = _channel is { } channel ? new(channel, piece, isLast) : null;
        if (isLast) _channel = null;
        return data;
    }
}
