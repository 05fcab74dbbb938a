namespace Tracebloc.Registry;

/// <summary>
/// Ends the trials of a host's credentials after 8 refusals: registries lock users and addresses out for them. As many
/// are tried at the same time as could all be refused.
/// </summary>
internal sealed class CredentialTrials
{
    public const int MaxRefused = 8;

    private readonly Lock _gate = new();
    private TaskCompletionSource _end = NewEnd();
    private int _running;
    private int _refused;

    /// <summary>False when no further credential may be tried; else the trial is to be ended.</summary>
    public async Task<bool> BeginAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task end;
            lock (_gate)
            {
                if (_refused == MaxRefused)
                    return false;
                if (_refused + _running < MaxRefused)
                {
                    _running++;
                    return true;
                }
                end = _end.Task;
            }
            await end.WaitAsync(cancellationToken);
        }
    }

    public void End(bool isRefused)
    {
        TaskCompletionSource end;
        lock (_gate)
        {
            _running--;
            _refused += isRefused ? 1 : 0;
            (end, _end) = (_end, NewEnd());
        }
        end.SetResult();
    }

    private static TaskCompletionSource NewEnd() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
