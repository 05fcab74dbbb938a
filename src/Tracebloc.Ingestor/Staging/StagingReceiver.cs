using Tracebloc.Ingestion.Staging;
using Tracebloc.Net;

namespace Tracebloc.Ingestor.Staging;

/// <summary>The far side of a transfer: one connection, from its hello to its last frame.</summary>
/// <param name="place">The staging folder.</param>
/// <param name="options">The options.</param>
internal sealed class StagingReceiver(StagingPlace place, ReceiverOptions options)
{
    /// <summary>Receives. What has arrived stays when it fails.</summary>
    /// <exception cref="StagingException">The transfer failed; the sender has the reason if it is reached.</exception>
    public async Task<StagingAnswer> RunAsync(StagingStreams streams, CancellationToken token)
    {
        await using var link = StagingLink.Open(streams, options.Deadlines, options.Time, token);
        try
        {
            return await ReceiveAsync(link, link.Token);
        }
        catch (Exception fault) when (Reason(fault, link) is { } reason)
        {
            await RefuseAsync(link, reason, token);
            throw reason;
        }
    }

    // The fault that has cancelled a call is what its sender is to know.
    private static StagingException? Reason(Exception fault, StagingLink link) =>
        fault is OperationCanceledException ? link.Fault : Refusals.Of(fault);

    private async Task<StagingAnswer> ReceiveAsync(StagingLink link, CancellationToken token)
    {
        // Before anything can fail: no reason is read before a hello.
        await StagingMessages.SendAsync(link.Writer, new FarHello(options.Version, options.Free(place.Volume)), token);
        await link.Writer.FlushAsync(token);
        place.Prepare();
        var hello = StagingMessages.NearHello(await link.ReadAsync(token), options.Version);
        if (hello.Folder != place.Folder)
            throw new StagingException(
                StagingFailure.Refused, $"Folder {hello.Folder} was refused: this receiver is for {place.Folder}");
        return hello.Role == StagingRole.Whole
            ? await WholeAsync(link, hello, token)
            : await ShareAsync(link, hello, token);
    }

    private async Task<StagingAnswer> WholeAsync(StagingLink link, NearHello hello, CancellationToken token)
    {
        var held = await StagingLock.TakeAsync(place, hello.Session, options.Lock, options.Time, token);
        try
        {
            await using var beats = new LockBeats(held, link, options);
            using var work = await WorkFolder.TakeAsync(
                place, hello.Session, held.WasClean, options.Lock, options.Time, token);
            using var whole = new WholeTransfer(link, place, work, options);
            return await whole.RunAsync(hello, token);
        }
        finally
        {
            held.Release();
        }
    }

    private async Task<StagingAnswer> ShareAsync(StagingLink link, NearHello hello, CancellationToken token)
    {
        using var work = WorkFolder.Join(place, hello.Session);
        using var share = new ShareTransfer(link, place, work, options);
        return await share.RunAsync(hello, token);
    }

    private async Task RefuseAsync(StagingLink link, StagingException reason, CancellationToken token)
    {
        if (reason.Failure == StagingFailure.Closed) return;
        using var deadline = new Deadline(options.Deadlines.Reason, options.Time, token);
        try
        {
            await StagingMessages.RefuseAsync(link.Writer, reason, deadline.Token);
            await link.Writer.FlushAsync(deadline.Token);
        }
        catch (Exception fault) when (fault is StagingException or OperationCanceledException)
        {
            // The sender is gone; the log has the reason.
        }
    }
}
