using System.Net.Sockets;
using System.Text;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Testing;

/// <summary>One connection through a <see cref="MySqlProxy"/>.</summary>
internal sealed class ProxiedMySql(
    RawConnection client, NetworkStream server, CallCounter counter, Action<ProxiedCall> note)
{
    private const int HeaderLength = 4;

    // What the server owes an answer to; and whether the client sends a file.
    private ProxiedCall? _open;
    private volatile bool _isFile;

    public async Task PlayAsync()
    {
        if (await ReadAsync(server) is not { } greeting) return;
        HideTls(greeting);
        await client.Stream.WriteAsync(greeting, client.Stopping);
        try
        {
            // Where one side has ended, the other's stream is closed by the caller.
            await await Task.WhenAny(PassCommandsAsync(), PassAnswersAsync());
        }
        finally
        {
            server.Close();
            client.Stream.Close();
        }
    }

    private async Task PassCommandsAsync()
    {
        while (await ReadAsync(client.Stream) is { } packet)
        {
            if (CallOf(packet) is { } call)
            {
                note(call);
                await counter.BeforeAsync(call);
                Volatile.Write(ref _open, call);
            }

            await server.WriteAsync(packet, client.Stopping);
        }
    }

    private async Task PassAnswersAsync()
    {
        const byte askForFile = 0xfb;
        while (await ReadAsync(server) is { } packet)
        {
            if (Interlocked.Exchange(ref _open, null) is { } call)
            {
                _isFile = packet.Length > HeaderLength && packet[HeaderLength] == askForFile;
                await counter.AfterAsync(call);
            }

            await client.Stream.WriteAsync(packet, client.Stopping);
        }
    }

    // A command begins a new sequence; the empty packet that ends a file is a call as well. COM_QUIT gets no answer.
    private ProxiedCall? CallOf(byte[] packet)
    {
        const byte quit = 1, query = 3;
        var (length, sequence) = (packet.Length - HeaderLength, packet[3]);
        if (_isFile && length == 0)
        {
            _isFile = false;
            return new ProxiedCall(counter.Next(), "FILE", "");
        }

        if (_isFile || sequence != 0 || length == 0 || packet[HeaderLength] == quit) return null;
        return packet[HeaderLength] == query
            ? new ProxiedCall(counter.Next(), "QUERY", TextOf(packet))
            : new ProxiedCall(counter.Next(), $"COMMAND {packet[HeaderLength]}", "");
    }

    private static string TextOf(byte[] packet)
    {
        const int longest = 400;
        // MySQL's clients write two numbers about attributes before the text: 0 of them, in 1 set.
        var start = HeaderLength + (packet.Length > HeaderLength + 2 && packet[HeaderLength + 1] == 0 ? 3 : 1);
        return Encoding.UTF8.GetString(packet, start, Math.Min(packet.Length - start, longest));
    }

    // Version, a zero, the connection's number, 8 bytes of a nonce, a zero; then the lower half of the capabilities.
    private static void HideTls(byte[] greeting)
    {
        const byte tls = 0x08;
        var version = Array.IndexOf(greeting, (byte)0, HeaderLength + 1);
        greeting[version + 1 + 4 + 8 + 1 + 1] &= unchecked((byte)~tls);
    }

    private async Task<byte[]?> ReadAsync(Stream stream)
    {
        var header = new byte[HeaderLength];
        var read = await stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, client.Stopping);
        if (read < HeaderLength) return null;
        var packet = new byte[HeaderLength + header[0] + (header[1] << 8) + (header[2] << 16)];
        header.CopyTo(packet, 0);
        await stream.ReadExactlyAsync(packet.AsMemory(HeaderLength), client.Stopping);
        return packet;
    }
}
