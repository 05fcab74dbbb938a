namespace Tracebloc.Kubernetes;

/// <summary>A candidate's view of the lease, and its attempts to hold it.</summary>
internal sealed class LeaseClaim(LeaseApi api, LeaderElectionOptions options, TimeProvider time)
{
    private V1LeaseSpec _seen = new();
    private string? _version;
    private long _changed;

    /// <summary>The holder as last seen; null: none.</summary>
    internal string? Holder => _seen.Holder;

    private bool IsMine => _seen.Holder == options.Identity;

    /// <summary>Takes the lease if there is none, or it is free, or was not renewed for its duration.</summary>
    /// <returns>False when another holds it, or was faster.</returns>
    internal async Task<bool> AcquireAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await api.FindAsync(cancellationToken) is not { } lease)
            {
                See(await api.CreateAsync(Spec(Now(), transitions: 0), cancellationToken));
                return true;
            }

            See(lease);
            if (Holder is not null && !IsMine && !IsOver) return false;
            // The own name is there when the answer to an earlier attempt was lost.
            await WriteAsync(
                IsMine ? Renewed() : Spec(Now(), (_seen.LeaseTransitions ?? 0) + 1), cancellationToken);
            return true;
        }
        catch (KubernetesException e) when (e.IsConflict)
        {
            return false;
        }
    }

    /// <summary>Renews the lease.</summary>
    /// <returns>True: renewed. False: lost to another, or deleted. Null: neither is known.</returns>
    internal async Task<bool?> RenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(Renewed(), cancellationToken);
            return true;
        }
        catch (KubernetesException e) when (e.IsConflict)
        {
            return await RenewChangedAsync(cancellationToken);
        }
        catch (KubernetesException e) when (e is { IsNotFound: true, IsTypeNotServed: false })
        {
            return false; // another may create it, and lead, at any time
        }
    }

    /// <summary>Clears the holder, so that another need not wait.</summary>
    internal async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(Released(), cancellationToken);
        }
        catch (KubernetesException e) when (e.IsConflict)
        {
            if (await api.FindAsync(cancellationToken) is not { } lease) return;
            See(lease);
            if (IsMine) await WriteAsync(Released(), cancellationToken);
        }
    }

    // The conflict may be with the own write whose answer was lost, or with a label.
    private async Task<bool?> RenewChangedAsync(CancellationToken cancellationToken)
    {
        if (await api.FindAsync(cancellationToken) is not { } lease) return false;
        See(lease);
        if (!IsMine) return false;
        try
        {
            await WriteAsync(Renewed(), cancellationToken);
            return true;
        }
        catch (KubernetesException e) when (e.IsConflict)
        {
            return null;
        }
    }

    private async Task WriteAsync(V1LeaseSpec spec, CancellationToken cancellationToken) =>
        See(await api.PatchAsync(_version, spec, cancellationToken));

    private void See(V1Lease lease)
    {
        var (spec, before) = (lease.Spec ?? new(), Holder);
        if (spec != _seen) (_seen, _changed) = (spec, time.GetTimestamp());
        _version = lease.Metadata?.ResourceVersion;
        if (Holder != before) options.HolderChanged?.Invoke(Holder);
    }

    private bool IsOver => time.GetElapsedTime(_changed)
        >= (_seen.LeaseDurationSeconds is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : options.LeaseDuration);

    // As client-go: a duration of zero is not valid.
    private V1LeaseSpec Released() =>
        _seen with { HolderIdentity = null, LeaseDurationSeconds = 1, AcquireTime = Now(), RenewTime = Now() };

    private V1LeaseSpec Renewed() => Spec(_seen.AcquireTime ?? Now(), _seen.LeaseTransitions ?? 0);

    private V1LeaseSpec Spec(string acquired, int transitions) => new()
    {
        HolderIdentity = options.Identity,
        LeaseDurationSeconds = (int)options.LeaseDuration.TotalSeconds,
        AcquireTime = acquired,
        RenewTime = Now(),
        LeaseTransitions = transitions,
    };

    private string Now() => EventText.Time(time.GetUtcNow());
}
