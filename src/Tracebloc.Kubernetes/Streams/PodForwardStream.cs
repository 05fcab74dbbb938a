using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

/// <summary>
/// One connection to a port of a pod, through the API server: no port is opened on this machine. Reading and writing
/// are asynchronous only.
/// </summary>
/// <remarks>
/// Failures are <see cref="IOException"/>, as of any network stream, with a <see cref="KubernetesException"/> inside;
/// its <see cref="KubernetesException.Reason"/> is the server's text about a port that takes no connection. The
/// protocol cannot end one direction alone.
/// </remarks>
public sealed class PodForwardStream : AsyncStream
{
    // Two channels for each port, kubelet's portforward/websocket.go: data in both directions, and errors.
    private const byte Data = 0, Errors = 1;

    private const int KeptErrors = 4096;

    private readonly ChannelSocket _socket;
    private readonly KubernetesRequest _request;
    private readonly PortPrefix _dataPort;
    private readonly PortPrefix _errorPort;
    private readonly CancellationTokenSource _leaving = new();
    private readonly ChannelStream _input = new();
    private readonly TailText _errors = new(KeptErrors);
    private readonly Task _reading;
    private bool _disposed;

    internal PodForwardStream(ChannelSocket socket, KubernetesRequest request, int port)
    {
        (_socket, _request) = (socket, request);
        (_dataPort, _errorPort) = (new PortPrefix(port), new PortPrefix(port));
        var leaving = _leaving.Token;
        _reading = Task.Run(() => FillAsync(leaving), CancellationToken.None);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _input.ReadAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await _socket.SendAsync(Data, buffer, cancellationToken);
        }
        catch (KubernetesException broken)
        {
            var fault = Refusal() ?? broken;
            throw new IOException(fault.Message, fault);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync(); // which is Dispose
        await _reading;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _leaving.Cancel();
            _socket.Dispose();
            _input.Dispose();
            _leaving.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task FillAsync(CancellationToken leaving)
    {
        KubernetesException? fault = null;
        try
        {
            while (await _socket.ReceiveAsync(leaving) is { } data)
                if (data.Channel == Data) await _input.FillAsync(_dataPort.Strip(data.Data), leaving);
                else if (data.Channel == Errors) _errors.Append(_errorPort.Strip(data.Data).Span);
        }
        catch (KubernetesException e)
        {
            fault = e;
        }
        catch (InvalidDataException e)
        {
            fault = KubernetesError.Unreadable(_request, "the connection cannot be used", e);
        }
        catch (OperationCanceledException e)
        {
            fault = KubernetesError.Broken(_request, e);
        }

        _input.End(Refusal() ?? fault);
    }

    private KubernetesException? Refusal() => Line.Of(_errors.ToString()) is { Length: > 0 } reason
        ? KubernetesError.NotForwarded(_request, reason) : null;
}
