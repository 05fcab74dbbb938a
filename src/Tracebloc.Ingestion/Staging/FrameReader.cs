using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Tracebloc.Ingestion.Staging;

/// <summary>Reads frames from a stream, into one buffer.</summary>
/// <param name="stream">The stream, which stays open.</param>
/// <param name="time">The clock.</param>
public sealed class FrameReader(Stream stream, TimeProvider time) : IDisposable
{
    // A control character takes six in a message.
    private const int Shown = 100;

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(2 * Frame.Largest);
    private readonly StagingWait _wait = new(time);
    private readonly StagingWait _frame = new(time);

    private Task<int>? _pending;
    private bool _isFirst = true;
    private int _start;
    private int _end;

    /// <summary>The time since bytes are waited for.</summary>
    public TimeSpan Waiting => _wait.Elapsed;

    /// <summary>The time since a whole frame is waited for.</summary>
    public TimeSpan WaitingForFrame => _frame.Elapsed;

    /// <summary>True where the next frame needs no bytes of the stream.</summary>
    public bool HasFrame => _end - _start >= Frame.Head && _end - _start - Frame.Head >= LengthOfNext;

    private long LengthOfNext => BinaryPrimitives.ReadUInt32BigEndian(_buffer.AsSpan(_start + 1));

    /// <summary>Reads a frame.</summary>
    /// <returns>Null at the end of the stream, behind a whole frame.</returns>
    /// <exception cref="StagingException">The stream fails, ends within a frame, or holds something else.</exception>
    public async ValueTask<Frame?> ReadAsync(CancellationToken token)
    {
        if (!HasFrame) _frame.Begin();
        while (!HasFrame)
        {
            if (_end > _start) Check();
            if (_start > 0 && _buffer.Length - _start < Frame.Largest) MoveToStart();
            var count = await FillAsync(token);
            if (count == 0 && _end == _start) return null;
            if (count == 0)
                throw new StagingException(
                    StagingFailure.Closed, "Transfer ended: the connection was closed in the middle of a frame");
            _end += count;
        }

        _frame.End();
        Check();
        return Take();
    }

    private Frame Take()
    {
        var length = (int)LengthOfNext;
        var frame = new Frame((FrameType)_buffer[_start], _buffer.AsMemory(_start + Frame.Head, length));
        _start += Frame.Head + length;
        _isFirst = false;
        if (_start == _end) _start = _end = 0;
        return frame;
    }

    private void Check()
    {
        var type = (FrameType)_buffer[_start];
        if (type is >= FrameType.Hello and <= FrameType.Ping && (!_isFirst || type == FrameType.Hello))
        {
            if (_end - _start < Frame.Head || LengthOfNext <= Frame.Most(type)) return;
            throw StagingException.Malformed($"a frame of {LengthOfNext} bytes");
        }

        if (!_isFirst) throw StagingException.Malformed($"a frame of type {(byte)type}");
        throw new StagingException(
            StagingFailure.Protocol,
            "Transfer failed: the other side does not speak the staging protocol; it sent: "
            + Encoding.UTF8.GetString(_buffer, _start, Math.Min(_end - _start, Shown)));
    }

    private void MoveToStart()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
    }

    // A read of standard input is not cancelled by its token: it is left behind.
    private async ValueTask<int> FillAsync(CancellationToken token)
    {
        _wait.Begin();
        try
        {
            _pending = stream.ReadAsync(_buffer.AsMemory(_end), token).AsTask();
            return await _pending.WaitAsync(token);
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

    /// <summary>Frees the buffer, unless a read that was left behind may still write to it.</summary>
    public void Dispose()
    {
        if (_pending is null or { IsCompleted: true }) ArrayPool<byte>.Shared.Return(_buffer);
    }
}
