using System.Buffers;
using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

/// <summary>A command that runs in a container, with its standard streams.</summary>
/// <remarks>
/// <see cref="Output"/> must be read: while 256 KiB of it wait, neither errors nor the result arrive, and the command
/// itself waits. Leaving (<see cref="DisposeAsync"/>) closes the connection; the server ends the command's streams
/// then, not always the command.
/// </remarks>
public sealed class PodExec : IAsyncDisposable
{
    /// <summary>The bytes of standard error that are kept: the last ones.</summary>
    public const int KeptErrors = 64 * 1024;

    // Channels by number, apimachinery/pkg/util/remotecommand: the first three are the process's own.
    private const byte Input = 0, StandardOutput = 1, StandardError = 2, Result = 3, Close = 255;

    private const int LongestResult = 64 * 1024;

    // The server closes at once after the result; a proxy that keeps the connection must not keep the caller.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly ChannelSocket _socket;
    private readonly KubernetesRequest _request;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _leaving = new();
    private readonly ChannelStream _output = new();
    private readonly TailText _errors = new(KeptErrors);
    private readonly ArrayBufferWriter<byte> _result = new();
    private readonly Task<ExecStatus> _reading;
    private bool _disposed;

    internal PodExec(ChannelSocket socket, KubernetesRequest request, TimeProvider time)
    {
        (_socket, _request, _time) = (socket, request, time);
        var leaving = _leaving.Token;
        _reading = Task.Run(() => ReadAsync(leaving), CancellationToken.None);
    }

    /// <summary>The protocol that the server chose: <c>v5.channel.k8s.io</c>, or v4 by servers before 1.30.</summary>
    public string Protocol => _socket.Protocol;

    /// <summary>
    /// The input can be ended, so that the command reads its end. In v4 there is no way to (KEP-4006): the data itself
    /// has to show where it ends.
    /// </summary>
    public bool CanCloseInput => Protocol == PodApi.V5;

    /// <summary>
    /// Standard output. Where the connection breaks before the result, reading fails with <see cref="IOException"/>
    /// after the last byte that arrived.
    /// </summary>
    public Stream Output => _output;

    /// <summary>The last 64 KiB of standard error so far, as the command wrote them: fit for no terminal.</summary>
    public string Errors => _errors.ToString();

    /// <summary>Sends bytes to standard input, and returns when the connection has taken them.</summary>
    /// <remarks>Cancelling ends the connection. A command that reads nothing for a minute counts as gone.</remarks>
    /// <param name="data">The bytes; sent in messages of at most 256 KiB.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KubernetesException">The command has ended, or the connection broke.</exception>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
        SendAsync(Input, data, cancellationToken);

    /// <summary>Ends standard input.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="NotSupportedException">The protocol cannot: see <see cref="CanCloseInput"/>.</exception>
    /// <exception cref="KubernetesException">The command has ended, or the connection broke.</exception>
    public ValueTask CloseInputAsync(CancellationToken cancellationToken) => CanCloseInput
        ? SendAsync(Close, new[] { Input }, cancellationToken)
        : throw new NotSupportedException($"{Protocol} cannot end standard input; mark the end in the data");

    /// <summary>Waits for the command's end; <see cref="Output"/> must be read meanwhile.</summary>
    /// <param name="cancellationToken">Gives up; the command goes on.</param>
    public Task<ExecStatus> WaitAsync(CancellationToken cancellationToken) => _reading.WaitAsync(cancellationToken);

    /// <summary>Closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        await _leaving.CancelAsync();
        _socket.Dispose();
        await _reading;
        await _output.DisposeAsync();
        _leaving.Dispose();
    }

    private async ValueTask SendAsync(byte channel, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        // A connection that the server has half closed takes bytes, and drops them.
        if (_reading.IsCompletedSuccessfully) throw KubernetesError.Ended(_request, await _reading);
        try
        {
            await _socket.SendAsync(channel, data, cancellationToken);
        }
        catch (KubernetesException broken)
        {
            throw await EndedAsync(cancellationToken) is { Outcome: not ExecOutcome.Lost } status
                ? KubernetesError.Ended(_request, status, broken) : broken;
        }
    }

    // The result, when there is one, arrived just before the connection ended.
    private async Task<ExecStatus?> EndedAsync(CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(Grace, _time, cancellationToken);
        try
        {
            return await _reading.WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return null;
        }
    }

    private async Task<ExecStatus> ReadAsync(CancellationToken leaving)
    {
        try
        {
            while (await _socket.ReceiveAsync(leaving) is { } data)
            {
                if (!await TakeAsync(data, leaving)) continue;
                await DrainAsync(leaving);
                break;
            }

            return End(null, "the connection was closed before the result");
        }
        catch (KubernetesException e)
        {
            return End(e, e.Message);
        }
        catch (OperationCanceledException e)
        {
            return End(KubernetesError.Broken(_request, e), "the connection was left before the result");
        }
    }

    /// <summary>Reads up to the close that follows the result.</summary>
    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(Grace, _time, cancellationToken);
        while (await _socket.ReceiveAsync(deadline.Token) is { } data) await TakeAsync(data, deadline.Token);
    }

    /// <returns>True when the result is complete.</returns>
    private async ValueTask<bool> TakeAsync(ChannelData data, CancellationToken cancellationToken)
    {
        switch (data.Channel)
        {
            case StandardOutput:
                await _output.FillAsync(data.Data, cancellationToken);
                break;
            case StandardError:
                _errors.Append(data.Data.Span);
                break;
            case Result:
                if (_result.WrittenCount + data.Data.Length <= LongestResult) _result.Write(data.Data.Span);
                return data.IsWhole && _result.WrittenCount > 0;
        }

        return false;
    }

    private ExecStatus End(KubernetesException? fault, string reason)
    {
        var status = _result.WrittenCount > 0 ? ExecStatus.Of(_result.WrittenSpan) : ExecStatus.Lost(reason);
        var lost = status.Outcome == ExecOutcome.Lost;
        _output.End(lost ? fault ?? KubernetesError.Broken(_request, new IOException(reason)) : null);
        return status;
    }
}
