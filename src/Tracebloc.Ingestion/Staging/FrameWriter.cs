using System.Buffers;
using System.Buffers.Binary;

namespace Tracebloc.Ingestion.Staging;

/// <summary>
/// Writes frames to a stream, many at once: while one buffer is on its way, the other is filled. A frame is made in the
/// buffer itself, between <see cref="BeginAsync"/> and <see cref="End"/>.
/// </summary>
/// <param name="stream">The stream, which stays open.</param>
/// <param name="time">The clock.</param>
public sealed class FrameWriter(Stream stream, TimeProvider time) : IDisposable
{
    // As much as the buffers of a connection take at once.
    private const int BuffersBehind = 32;

    private readonly SemaphoreSlim _gate = new(1);
    private readonly StagingWait _wait = new(time);

    private byte[] _filling = ArrayPool<byte>.Shared.Rent(Frame.Largest);
    private byte[] _leaving = ArrayPool<byte>.Shared.Rent(Frame.Largest);
    private Task _write = Task.CompletedTask;
    private int _length;
    private int _behind;

    /// <summary>The time since the stream takes the same bytes.</summary>
    public TimeSpan Waiting => _wait.Elapsed;

    /// <summary>
    /// True while the stream is slower than the frames are made: it takes much at once, and then nothing for a while.
    /// </summary>
    public bool IsBehind => _behind > 0 || !_write.IsCompleted;

    /// <summary>Begins a frame; <see cref="End"/> or <see cref="Abandon"/> must follow.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="least">The room that its payload needs.</param>
    /// <param name="token">Cancels the wait for room.</param>
    /// <returns>The room for the payload: at least that, and more where there is more.</returns>
    /// <exception cref="StagingException">The stream failed.</exception>
    public async ValueTask<Memory<byte>> BeginAsync(FrameType type, int least, CancellationToken token)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(least, Frame.LargestPayload);
        await _gate.WaitAsync(token);
        try
        {
            if (Frame.Largest - _length < Frame.Head + least) await LeaveAsync(token);
            _filling[_length] = (byte)type;
            return _filling.AsMemory(_length + Frame.Head, Frame.Largest - _length - Frame.Head);
        }
        catch
        {
            _gate.Release();
            throw;
        }
    }

    /// <summary>Ends a frame.</summary>
    /// <param name="payload">The length of its payload.</param>
    public void End(int payload)
    {
        BinaryPrimitives.WriteInt32BigEndian(_filling.AsSpan(_length + 1), payload);
        _length += Frame.Head + payload;
        _gate.Release();
    }

    /// <summary>Takes a frame back that was begun.</summary>
    public void Abandon() => _gate.Release();

    /// <summary>Writes a frame without a payload.</summary>
    /// <exception cref="StagingException">The stream failed.</exception>
    public async ValueTask WriteAsync(FrameType type, CancellationToken token)
    {
        await BeginAsync(type, 0, token);
        End(0);
    }

    /// <summary>Waits until the stream has taken every frame.</summary>
    /// <exception cref="StagingException">The stream failed.</exception>
    public async ValueTask FlushAsync(CancellationToken token)
    {
        await _gate.WaitAsync(token);
        try
        {
            await LeaveAsync(token);
            await _write.WaitAsync(token);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Sends a ping, and what waits for more frames, where the stream is idle.</summary>
    internal void Ping(CancellationToken token)
    {
        if (!_gate.Wait(0, CancellationToken.None)) return;
        try
        {
            if (!_write.IsCompletedSuccessfully) return;
            if (Frame.Largest - _length >= Frame.Head)
            {
                _filling[_length] = (byte)FrameType.Ping;
                _filling.AsSpan(_length + 1, sizeof(int)).Clear();
                _length += Frame.Head;
            }

            Leave(token);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask LeaveAsync(CancellationToken token)
    {
        if (_length == 0) return;
        _behind = _write.IsCompleted ? Math.Max(0, _behind - 1) : BuffersBehind;
        await _write.WaitAsync(token);
        Leave(token);
    }

    private void Leave(CancellationToken token)
    {
        (_filling, _leaving) = (_leaving, _filling);
        _write = WriteAsync(_leaving.AsMemory(0, _length), token);
        _length = 0;
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> frames, CancellationToken token)
    {
        _wait.Begin();
        try
        {
            await stream.WriteAsync(frames, token);
            await stream.FlushAsync(token);
        }
        catch (IOException fault)
        {
            throw new StagingException(
                StagingFailure.Closed, $"Transfer ended: the connection failed: {fault.Message}", fault);
        }
        finally
        {
            _wait.End();
        }
    }

    /// <summary>Frees the buffers, unless a write is still under way.</summary>
    public void Dispose()
    {
        _gate.Dispose();
        ArrayPool<byte>.Shared.Return(_filling);
        if (_write.IsCompleted) ArrayPool<byte>.Shared.Return(_leaving);
    }
}
