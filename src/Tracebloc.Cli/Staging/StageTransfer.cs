using Tracebloc.Ingestion.Staging;
using Tracebloc.Kubernetes;
using Tracebloc.Net;

namespace Tracebloc.Cli.Staging;

/// <summary>
/// Sends files through a staging pod. A stream that is lost is opened anew, and what has arrived is not sent again.
/// </summary>
internal sealed class StageTransfer(
    StagePod pod, StagingOptions options, StageDeadlines deadlines, TimeProvider time, Action<string> retrying)
{
    private string? _lastWords;
    private long _best = -1;
    private long _since;
    private bool _hasBegun;
    private string? _lastFault;

    /// <param name="source">The files.</param>
    /// <param name="progress">Takes what the far side has confirmed.</param>
    /// <param name="token">Cancels the transfer; what has arrived stays.</param>
    /// <exception cref="StagingException">The transfer failed.</exception>
    /// <exception cref="CliException">The pod, or its program, is gone.</exception>
    public async Task<StagingResult> SendAsync(
        IStagingSource source, Action<StagingProgress> progress, CancellationToken token)
    {
        _since = time.GetTimestamp();
        while (true)
        {
            _lastWords = null;
            try
            {
                return await new StagingSender(options, time).SendAsync(
                    source, ConnectAsync, state => Note(state, progress), token);
            }
            catch (Exception fault) when (fault is StagingException or KubernetesException)
            {
                if (!IsWorthAnother(fault)) throw Final(fault);
                if (fault.Message != _lastFault) retrying(fault.Message);
                _lastFault = fault.Message;
            }

            await Task.Delay(deadlines.ResumePause, time, token);
        }
    }

    private async Task<StagingStreams> ConnectAsync(CancellationToken token)
    {
        var exec = await pod.ExecAsync(["--folder", options.Folder], token);
        return new StagingStreams(exec.Output, new ExecInput(exec, Take));
    }

    // Only bytes that are new count: an attempt that ends where the last one did is no progress.
    private void Note(StagingProgress state, Action<StagingProgress> progress)
    {
        _hasBegun = true;
        if (state.Bytes > _best) (_best, _since, _lastFault) = (state.Bytes, time.GetTimestamp(), null);
        progress(state);
    }

    private void Take(ExecStatus status, string errors)
    {
        if (status is { Outcome: ExecOutcome.Lost } or { IsSuccess: true }) return;
        _lastWords ??= errors.Trim() is { Length: > 0 } words
            ? $"{status.Message}: {Line.Of(words.Split('\n')[^1])}"
            : status.Message;
    }

    private bool IsWorthAnother(Exception fault) => time.GetElapsedTime(_since) < deadlines.Resume && fault switch
    {
        // The program in the pod has ended by itself: it would again.
        StagingException { Failure: StagingFailure.Closed or StagingFailure.Protocol } when _lastWords is not null =>
            false,
        // The far side of a stream that was lost may hold the folder for a while.
        StagingException { Failure: StagingFailure.Busy } => _hasBegun,
        StagingException staging => staging.IsTransient,
        // An API server that has just started refuses calls until it has read its Roles.
        KubernetesException api => api.IsTransient || (_hasBegun && api.IsForbidden),
        _ => false,
    };

    private Exception Final(Exception fault) => fault switch
    {
        KubernetesException { IsNotFound: true } => Gone("it was deleted", fault),
        StagingException { Failure: StagingFailure.Closed or StagingFailure.Protocol } when _lastWords is { } words =>
            Gone(words, fault),
        KubernetesException { IsForbidden: false, IsUnauthorized: false } api => new CliException(
            CliExit.Staging,
            $"Staging pod {pod.Name} cannot be reached: {api.Message}; push again: what has arrived stays",
            fault),
        _ => fault,
    };

    private CliException Gone(string reason, Exception cause) => new(
        CliExit.Staging,
        $"Staging pod {pod.Name} has ended in the middle of the transfer: {reason}; push again: what has arrived stays",
        cause);
}
