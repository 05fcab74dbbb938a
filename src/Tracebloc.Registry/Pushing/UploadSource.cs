using System.Buffers;
using System.Runtime.ExceptionServices;
using Tracebloc.Net;

namespace Tracebloc.Registry.Pushing;

/// <summary>The bytes of the blob on their way: read once, and again only where a fault lost them.</summary>
internal sealed class UploadSource(BlobContent content, PushOptions options) : IAsyncDisposable
{
    private const int Piece = 64 << 10;

    private readonly UploadHash? _hash = content.Digest is null ? new UploadHash() : null;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(Piece);
    private Task _sending = Task.CompletedTask;
    private Stream? _stream;
    private long _reported;
    private ExceptionDispatchInfo? _fault;

    /// <summary>The offset of the next byte.</summary>
    public long Position { get; private set; }

    /// <summary>The bytes that went out, those of lost attempts included.</summary>
    public long Sent { get; private set; }

    /// <summary>True once the stream has ended at the blob's end.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The digest given, or that of the bytes so far.</summary>
    public Digest Digest => content.Digest ?? _hash?.Value ?? throw new InvalidOperationException("A hash is kept.");

    /// <summary>Throws the exception with which the caller's own stream broke a request.</summary>
    public void ThrowIfBroken() => _fault?.Throw();

    /// <summary>The first byte that this push has to send: those before it are no work of it.</summary>
    public void StartAt(long offset) => _reported = offset;

    /// <summary>Reports what the registry does not have of the bytes that were reported as sent.</summary>
    public void Lose(long offset)
    {
        if (_reported > offset)
            options.OnSent?.Invoke(offset - _reported);
        _reported = Math.Min(_reported, offset);
    }

    /// <summary>Sends a part; called by the connection.</summary>
    public async Task SendAsync(BlobPart part, Stream target, Deadline deadline, CancellationToken cancellationToken)
    {
        await EndAsync(cancellationToken);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _sending = done.Task;
        try
        {
            (_fault, var isPlaced) = (null, false);
            deadline.Restart(Timeout.InfiniteTimeSpan);
            while (await NextAsync(part, isPlaced, cancellationToken) is > 0 and var read)
            {
                deadline.Restart(options.StallTimeout);
                await target.WriteAsync(_buffer.AsMemory(0, read), cancellationToken);
                deadline.Restart(Timeout.InfiniteTimeSpan);
                Count(read);
                isPlaced = true;
            }
        }
        finally
        {
            done.SetResult();
        }
    }

    /// <summary>Reads, and sends nothing, up to an offset that the registry has reached without this process.</summary>
    public async Task CatchUpAsync(long offset, CancellationToken cancellationToken)
    {
        await EndAsync(cancellationToken);
        if (_hash is null || Position == offset)
            return;
        await GoToAsync(offset, cancellationToken);
        await ProbeEndAsync(cancellationToken);
    }

    /// <summary>Waits for the end of a part whose request is over: the connection does not.</summary>
    public Task EndAsync(CancellationToken cancellationToken) => _sending.WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _hash?.Dispose();
        if (_stream is not null)
            await _stream.DisposeAsync();
        if (_sending.IsCompleted)
            ArrayPool<byte>.Shared.Return(_buffer);
    }

    private void Count(int read)
    {
        Sent += read;
        var fresh = Position - Math.Max(_reported, Position - read);
        _reported = Math.Max(_reported, Position);
        if (fresh > 0)
            options.OnSent?.Invoke(fresh);
    }

    /// <summary>The next piece; keeps the source's own exception, which the connection hides.</summary>
    private async Task<int> NextAsync(BlobPart part, bool isPlaced, CancellationToken cancellationToken)
    {
        try
        {
            if (!isPlaced)
                await GoToAsync(part.Start, cancellationToken);
            return await ReadPieceAsync(part, cancellationToken);
        }
        catch (Exception e)
        {
            _fault = ExceptionDispatchInfo.Capture(e);
            throw new IOException("The source of the blob failed.", e);
        }
    }

    private async Task<int> ReadPieceAsync(BlobPart part, CancellationToken cancellationToken)
    {
        var room = part.Length is { } length ? Math.Min(Piece, part.Start + length - Position) : Piece;
        if (room == 0)
        {
            await ProbeEndAsync(cancellationToken);
            return 0;
        }
        var read = await Source.ReadAsync(_buffer.AsMemory(0, (int)room), cancellationToken);
        Take(read);
        HasEnded = read == 0;
        if (HasEnded && content.Length is { } stated && Position != stated)
            throw new EndOfStreamException($"The blob ended after {Position} bytes where {stated} were expected.");
        // The stream is read to its end before its last bytes go out, so that a check there can stop them.
        await ProbeEndAsync(cancellationToken);
        if (read > 0 && options.Throttle is { } throttle)
            await throttle(read, cancellationToken);
        return read;
    }

    private Stream Source => _stream ?? throw new InvalidOperationException("The source is open.");

    private async Task ProbeEndAsync(CancellationToken cancellationToken)
    {
        if (HasEnded || Position != content.Length)
            return;
        if (await Source.ReadAsync(new byte[1], cancellationToken) > 0)
            throw new IOException($"The blob goes on after the {Position} bytes that were expected.");
        HasEnded = true;
    }

    private void Take(int read)
    {
        _hash?.Append(_buffer.AsSpan(0, read));
        Position += read;
    }

    /// <summary>Opens the source again where it is not at this offset, and hashes what lies before it.</summary>
    private async Task GoToAsync(long offset, CancellationToken cancellationToken)
    {
        if (_stream is null || Position != offset || _hash?.Offset > offset)
            await OpenAsync(offset, cancellationToken);
        while (Position < offset)
        {
            var room = (int)Math.Min(Piece, offset - Position);
            var read = await Source.ReadAsync(_buffer.AsMemory(0, room), cancellationToken);
            if (read == 0)
                throw new EndOfStreamException($"The blob ended after {Position} bytes where {offset} were expected.");
            Take(read);
        }
        _hash?.Mark();
    }

    private async Task OpenAsync(long offset, CancellationToken cancellationToken)
    {
        _hash?.Return(offset);
        if (_stream is not null)
            await _stream.DisposeAsync();
        (_stream, HasEnded) = (null, false);
        Position = _hash?.Offset ?? offset;
        _stream = await content.Open(Position, cancellationToken);
    }
}
