namespace Tracebloc.Kubernetes;

/// <summary>
/// The first two bytes of a forwarded channel: the port, low byte first. They may arrive one by one.
/// </summary>
/// <seealso href="https://github.com/kubernetes/kubelet/blob/v0.34.0/pkg/cri/streaming/portforward/websocket.go"/>
internal sealed class PortPrefix(int port)
{
    private const int Length = 2;

    private int _read;
    private int _port;

    /// <summary>The bytes that come after the prefix.</summary>
    /// <exception cref="InvalidDataException">The server has connected another port.</exception>
    internal ReadOnlyMemory<byte> Strip(ReadOnlyMemory<byte> data)
    {
        while (_read < Length && !data.IsEmpty)
        {
            _port |= data.Span[0] << (8 * _read++);
            data = data[1..];
            if (_read == Length && _port != port)
                throw new InvalidDataException($"the server forwards port {_port}, and {port} was asked for");
        }

        return data;
    }
}
