using FsCheck;
using FsCheck.Fluent;

namespace Tracebloc.Kubernetes.Tests;

public sealed class ChannelDecoderTests
{
    [Fact]
    public void Messages_of_any_pieces_end_up_in_their_channels() => Check.QuickThrowOnFailure(
        Prop.ForAll((byte[][][] messages) =>
        {
            var sent = messages.Where(pieces => pieces.Length > 0).ToArray();

            var whole = sent.Select(Join).Where(message => message.Length > 0)
                .GroupBy(message => message[0], message => message[1..]).ToDictionary(one => one.Key, Join);

            return Decode(sent).OrderBy(one => one.Key).Select(one => (one.Key, Convert.ToHexString(one.Value)))
                .SequenceEqual(whole.OrderBy(one => one.Key).Select(one => (one.Key, Convert.ToHexString(one.Value))));
        }));

    [Fact]
    public void An_empty_message_belongs_to_no_channel()
    {
        var decoder = new ChannelDecoder();

        Assert.Null(decoder.Next(default, isLast: false));
        Assert.Null(decoder.Next(default, isLast: true));
    }

    [Fact]
    public void A_channel_without_bytes_is_seen()
    {
        var data = new ChannelDecoder().Next(new byte[] { 1 }, isLast: true);

        Assert.Equal((1, 0, true), (data!.Value.Channel, data.Value.Data.Length, data.Value.IsWhole));
    }

    [Fact]
    public void A_port_is_stripped_however_it_arrives() => Check.QuickThrowOnFailure(
        Prop.ForAll((ushort port, byte[] data, byte[] cuts) =>
        {
            var prefix = new PortPrefix(port);
            byte[] all = [(byte)port, (byte)(port >> 8), .. data];
            var read = new List<byte>();
            var at = 0;
            foreach (var cut in cuts.Append(byte.MaxValue))
            {
                var end = Math.Min(all.Length, at + (cut % 4));
                if (cut == byte.MaxValue) end = all.Length;
                read.AddRange(prefix.Strip(all.AsMemory(at..end)).Span);
                at = end;
            }

            return read.SequenceEqual(data);
        }));

    [Fact]
    public void Another_port_is_refused() =>
        Assert.Throws<InvalidDataException>(() => new PortPrefix(80).Strip(new byte[] { 81, 0, 1 }));

    private static byte[] Join(IEnumerable<byte[]> pieces) => [.. pieces.SelectMany(piece => piece)];

    private static Dictionary<byte, byte[]> Decode(IEnumerable<byte[][]> messages)
    {
        var decoder = new ChannelDecoder();
        var channels = new Dictionary<byte, byte[]>();
        foreach (var pieces in messages)
            for (var i = 0; i < pieces.Length; i++)
                if (decoder.Next(pieces[i], isLast: i == pieces.Length - 1) is { } data)
                    channels[data.Channel] = [.. channels.GetValueOrDefault(data.Channel, []), .. data.Data.Span];
        return channels;
    }
}
