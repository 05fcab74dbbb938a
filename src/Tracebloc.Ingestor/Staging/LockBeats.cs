using Tracebloc.Ingestion.Staging;

namespace Tracebloc.Ingestor.Staging;

/// <summary>Writes a lock again and again, and ends the connection of the transfer that has lost it.</summary>
internal sealed class LockBeats : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _beats;

    public LockBeats(StagingLock held, StagingLink link, ReceiverOptions options) =>
        _beats = RunAsync(held, link, new PeriodicTimer(options.Lock.Beat, options.Time), _stop.Token);

    private static async Task RunAsync(
        StagingLock held, StagingLink link, PeriodicTimer timer, CancellationToken token)
    {
        using (timer)
            try
            {
                while (await timer.WaitForNextTickAsync(token)) held.Beat();
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                // The transfer has ended.
            }
            catch (Exception fault) when (Refusals.Of(fault) is { } refusal)
            {
                await link.FailAsync(refusal, CancellationToken.None);
            }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _beats;
        _stop.Dispose();
    }
}
