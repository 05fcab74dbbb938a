using Amazon.S3.Model;
using Tracebloc.ModelUpload.Flow;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>One file's parts on their way: read one after the other, sent several at a time.</summary>
/// <param name="target">The prefix that they go to.</param>
/// <param name="reader">Has filled the first buffer.</param>
/// <param name="memory">The buffers of the others.</param>
/// <param name="first">The first part, whole.</param>
/// <param name="length">The bytes of each but the last.</param>
internal sealed class S3Parts(
    S3Target target, PartReader reader, MemoryBudget memory, RentedBuffer first, int length) : IDisposable
{
    public const int AtOnce = 4;

    private readonly SemaphoreSlim _gate = new(AtOnce);

    public int Length => length;

    public void Dispose() => _gate.Dispose();

    /// <summary>Sends those that are not there yet.</summary>
    /// <returns>All of them.</returns>
    public async Task<IReadOnlyList<PartETag>> SendAsync(
        S3Session session, int most, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = new List<Task<PartETag>>();
        try
        {
            await ReadAsync(session, most, sending, stop, stop.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A part failed: its fault comes below.
        }
        finally
        {
            if (sending.Exists(part => part.IsFaulted) || !reader.IsAtEnd)
                await stop.CancelAsync();
            await Task.WhenAll(sending).ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
        return await Task.WhenAll(sending);
    }

    private async Task ReadAsync(
        S3Session session,
        int most,
        List<Task<PartETag>> sending,
        CancellationTokenSource stop,
        CancellationToken cancellationToken)
    {
        var (buffer, count) = (first, length);
        for (var number = 1; ; number++)
        {
            sending.Add(SendAsync(session, number, (buffer, count), stop, cancellationToken));
            if (reader.IsAtEnd)
                return;
            if (number == most)
                throw target.Store.Faults.New($"{session.Upload.At} needs more than {most} parts of {length} bytes");
            await _gate.WaitAsync(cancellationToken);
            _gate.Release();
            buffer = await memory.RentAsync(length, cancellationToken);
            count = await FillAsync(buffer, cancellationToken);
        }
    }

    private async Task<int> FillAsync(RentedBuffer buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.FillAsync(buffer.Memory, cancellationToken);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private async Task<PartETag> SendAsync(
        S3Session session,
        int number,
        (RentedBuffer Buffer, int Count) part,
        CancellationTokenSource stop,
        CancellationToken cancellationToken)
    {
        using var buffer = part.Buffer;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await SendAsync(session, number, buffer.Memory[..part.Count], cancellationToken);
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<PartETag> SendAsync(
        S3Session session, int number, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var md5 = S3Target.Md5(content.Span);
        return session.Find(number, content.Length, md5)
            ?? await target.PutPartAsync(session.Upload, number, content, md5, cancellationToken);
    }
}
