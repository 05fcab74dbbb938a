namespace Tracebloc.Ingestion.Staging;

/// <summary>
/// A connection of one side: pings while it is idle, and ends when the other side is silent for too long. No call
/// is for two threads, but for <see cref="FailAsync"/>.
/// </summary>
public sealed class StagingLink : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenRegistration _caller;
    private readonly FrameReader _reader;
    private readonly StagingWait _idle;
    private readonly StagingDeadlines _deadlines;
    private readonly Task _watch;

    private StagingException? _fault;

    private StagingLink(
        StagingStreams streams, StagingDeadlines deadlines, TimeProvider time, CancellationToken caller)
    {
        _deadlines = deadlines;
        _reader = new FrameReader(streams.Incoming, time);
        _idle = new StagingWait(time);
        Writer = new FrameWriter(streams.Outgoing, time);
        Token = _stop.Token;
        _caller = caller.UnsafeRegister(static stop => ((CancellationTokenSource)stop!).Cancel(), _stop);
        _watch = WatchAsync(new PeriodicTimer(deadlines.Ping, time), Token);
    }

    /// <summary>Cancelled by the caller, by silence, or by a fault.</summary>
    public CancellationToken Token { get; }

    /// <summary>The frames for the other side.</summary>
    public FrameWriter Writer { get; }

    /// <summary>True where the next frame is here already.</summary>
    public bool HasFrame => _reader.HasFrame;

    /// <summary>The fault that has ended it; null for none.</summary>
    public StagingException? Fault => _fault;

    /// <summary>Opens a connection.</summary>
    /// <param name="streams">Its streams, which the caller closes.</param>
    /// <param name="deadlines">Its deadlines.</param>
    /// <param name="time">The clock.</param>
    /// <param name="token">Ends it.</param>
    public static StagingLink Open(
        StagingStreams streams, StagingDeadlines deadlines, TimeProvider time, CancellationToken token) =>
        new(streams, deadlines, time, token);

    /// <summary>Reads the next frame that is no ping.</summary>
    /// <exception cref="StagingException">The connection has ended or failed.</exception>
    public async ValueTask<Frame> ReadAsync(CancellationToken token)
    {
        _idle.Begin();
        try
        {
            while (true)
            {
                var frame = await _reader.ReadAsync(token);
                if (frame is null)
                    throw new StagingException(
                        StagingFailure.Closed, "Transfer ended: the other side closed the connection before its end");
                if (frame is { Type: not FrameType.Ping } wanted) return wanted;
            }
        }
        catch (OperationCanceledException) when (_fault is not null)
        {
            throw _fault;
        }
        finally
        {
            _idle.End();
        }
    }

    /// <summary>Ends the connection with a fault, which the call under way throws.</summary>
    public async Task FailAsync(StagingException fault, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        Interlocked.CompareExchange(ref _fault, fault, null);
        await _stop.CancelAsync();
    }

    /// <summary>Ends the connection: every call under way is cancelled.</summary>
    public Task EndAsync(CancellationToken token) => token.IsCancellationRequested
        ? Task.FromCanceled(token)
        : _stop.CancelAsync();

    private async Task WatchAsync(PeriodicTimer timer, CancellationToken token)
    {
        using (timer)
            try
            {
                while (await timer.WaitForNextTickAsync(token))
                {
                    if (Silence is { } fault) await FailAsync(fault, token);
                    Writer.Ping(token);
                }
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                // The connection has ended.
            }
    }

    private StagingException? Silence =>
        _reader.Waiting >= _deadlines.Silence ? Silent($"sent nothing for {_deadlines.Silence.TotalSeconds:0} s")
        : _idle.Elapsed >= _deadlines.Idle ? Silent($"sent only pings for {_deadlines.Idle.TotalMinutes:0} min")
        : _reader.WaitingForFrame >= _deadlines.Stall ? Silent("sends frames that do not end")
        : Writer.Waiting >= _deadlines.Stall ? Silent($"took nothing for {_deadlines.Stall.TotalSeconds:0} s")
        : null;

    private static StagingException Silent(string fault) => new(
        StagingFailure.Silent, $"Transfer ended: the other side {fault}; check the connection, and start it again");

    /// <summary>Ends it; the streams stay open.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watch;
        await _caller.DisposeAsync();
        _reader.Dispose();
        Writer.Dispose();
        _stop.Dispose();
    }
}
