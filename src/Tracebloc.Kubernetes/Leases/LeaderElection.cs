using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

/// <summary>
/// Elects one leader among candidates by a Lease of <c>coordination.k8s.io/v1</c>, in the way of client-go, with whose
/// candidates it may share the lease. Needs the verbs get, create and patch on <c>leases</c>.
/// </summary>
/// <remarks>
/// The clocks of candidates are never compared: a lease is over when a candidate did not see it change for its whole
/// duration. An attempt that fails, or a server that cannot be read, is no proof that there is no leader.
/// </remarks>
/// <param name="client">The API server; its clock is the one of all waits.</param>
/// <param name="options">The lease, the candidate and the times.</param>
/// <exception cref="ArgumentException">The times contradict each other.</exception>
/// <seealso href="https://github.com/kubernetes/client-go/blob/v0.34.0/tools/leaderelection/leaderelection.go"/>
public sealed class LeaderElection(KubernetesClient client, LeaderElectionOptions options)
{
    // client-go: the pause of those who wait is up to this much longer.
    private const double Jitter = 1.2;

    private readonly LeaderElectionOptions _options = Checked(options);
    private readonly TimeProvider _time = client.Requests.Time;
    private readonly LeaseClaim _claim = new(
        new LeaseApi(client, options.Namespace, options.Name), options, client.Requests.Time);

    private volatile LeaseTerm? _term;

    /// <summary>True while this candidate leads: from its confirmed write until the lease is lost or free.</summary>
    public bool IsLeader => _term is { IsOver: false };

    /// <summary>The holder of the lease as last seen; null when it is free or was never seen.</summary>
    public string? Holder => _claim.Holder;

    /// <summary>
    /// Waits until this candidate leads, then runs the work once, and releases the lease when it has ended. One call at
    /// a time.
    /// </summary>
    /// <param name="work">
    /// The work of the leader. Its token is cancelled when the lease is lost: at the latest when
    /// <see cref="LeaderElectionOptions.RenewDeadline"/> has passed since the last confirmed renewal was sent, which is
    /// before another candidate may lead; and with the caller's token. The method waits for the work's end, renews the
    /// lease until then where it is not lost, and releases it only then.
    /// </param>
    /// <param name="cancellationToken">Ends the wait, or the work and then the leadership.</param>
    /// <returns>
    /// True: the work ended by itself. False: the lease was lost, and the work ended after its token was cancelled; the
    /// caller may call again.
    /// </returns>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public async Task<bool> LeadAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        var begun = await AcquireAsync(cancellationToken);
        using var term = new LeaseTerm(_time, _options.RenewDeadline, begun, cancellationToken);
        using var ended = new CancellationTokenSource();
        _term = term;
        var renewing = RenewAsync(term, ended.Token);
        try
        {
            await work(term.Token);
        }
        catch (OperationCanceledException) when (term.Token.IsCancellationRequested)
        {
            // The reason follows below.
        }
        finally
        {
            await ended.CancelAsync();
            await renewing;
            // The caller's token may be cancelled: that is the usual reason to release.
            if (!term.IsOver) await ReleaseAsync(CancellationToken.None);
            _term = null;
        }

        cancellationToken.ThrowIfCancellationRequested();
        return !term.IsOver;
    }

    /// <returns>The time at which the write that won was sent.</returns>
    private async Task<long> AcquireAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var sent = _time.GetTimestamp();
            // An answer that took too long leaves no time to lead; the next attempt renews.
            if (await TryAsync(AcquireOnceAsync, cancellationToken) == true
                && _time.GetElapsedTime(sent) < _options.RenewDeadline)
                return sent;
            await Task.Delay(
                _options.RetryPeriod * (1 + (Jitter * _options.Random())), _time, cancellationToken);
        }
    }

    private async Task<bool?> AcquireOnceAsync(CancellationToken cancellationToken) =>
        await _claim.AcquireAsync(cancellationToken);

    private async Task RenewAsync(LeaseTerm term, CancellationToken ended)
    {
        while (true)
        {
            await Task.Delay(_options.RetryPeriod, _time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested || term.IsOver) return;
            var sent = _time.GetTimestamp();
            // Not cancelled by the end of the work: a renewal on its way would be in conflict with the release.
            var isRenewed = await TryAsync(_claim.RenewAsync, CancellationToken.None);
            if (isRenewed == true) term.Extend(sent);
            else if (isRenewed == false) term.End();
        }
    }

    /// <returns>Null when the attempt failed: that proves nothing about the lease.</returns>
    private async Task<bool?> TryAsync(
        Func<CancellationToken, Task<bool?>> attempt, CancellationToken cancellationToken)
    {
        // Half of the time, so that an answer that never comes does not cost the only attempt.
        using var deadline = new Deadline(_options.RenewDeadline / 2, _time, cancellationToken);
        try
        {
            return await attempt(deadline.Token);
        }
        catch (KubernetesException e)
        {
            _options.Failed?.Invoke(e);
            return null;
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return null;
        }
    }

    private Task<bool?> ReleaseAsync(CancellationToken cancellationToken) => TryAsync(
        async token =>
        {
            await _claim.ReleaseAsync(token);
            return true;
        },
        cancellationToken);

    private static LeaderElectionOptions Checked(LeaderElectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Identity.Length == 0) throw new ArgumentException("a candidate needs an identity");
        if (options.LeaseDuration < TimeSpan.FromSeconds(1)
            || options.LeaseDuration.Ticks % TimeSpan.TicksPerSecond != 0)
            throw new ArgumentException("a lease lasts whole seconds");
        if (options.RenewDeadline >= options.LeaseDuration
            || options.RetryPeriod * Jitter >= options.RenewDeadline || options.RetryPeriod <= TimeSpan.Zero)
            throw new ArgumentException("the lease must last longer than the deadline, and that than the pauses");
        return options;
    }
}
