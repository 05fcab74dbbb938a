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
    /// <summary>True while this candidate leads: from the moment its write was confirmed to the end of its token.</summary>
    public bool IsLeader => throw new NotImplementedException($"{client}{options}");

    /// <summary>The holder of the lease as last seen; null when it is free or was never seen.</summary>
    public string? Holder => throw new NotImplementedException();

    /// <summary>
    /// Waits until this candidate leads, then runs the work once, and releases the lease when it has ended.
    /// </summary>
    /// <param name="work">
    /// The work of the leader. Its token is cancelled when the lease is lost: at the latest when
    /// <see cref="LeaderElectionOptions.RenewDeadline"/> has passed since the last confirmed renewal was sent, which is
    /// before another candidate may lead; and with the caller's token. The method waits for the work's end, and releases
    /// the lease only then.
    /// </param>
    /// <param name="cancellationToken">Ends the wait, or the work and then the leadership.</param>
    /// <returns>
    /// True: the work ended by itself. False: the lease was lost, and the work ended after its token was cancelled; the
    /// caller may call again.
    /// </returns>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public Task<bool> LeadAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
