namespace Tracebloc.Kubernetes;

/// <summary>The Lease and the times of a <see cref="LeaderElection"/>; the defaults are those of client-go.</summary>
public sealed record LeaderElectionOptions
{
    /// <summary>The namespace of the Lease.</summary>
    public required string Namespace { get; init; }

    /// <summary>The name of the Lease; all candidates state the same.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The candidate, unlike every other and unlike itself before a restart: see <see cref="UniqueIdentity"/>.
    /// </summary>
    public required string Identity { get; init; }

    /// <summary>Others may take a lease that they did not see renewed for this long.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Without a renewal for this long the leader gives up; less than the duration of the lease.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause between two attempts to renew; the pause of those who wait is up to 2.2 times that.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Numbers from 0 up to 1, for the jitter of pauses.</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;

    /// <summary>Called when another holder is seen, and with null when the lease is free; for a log.</summary>
    public Action<string?>? HolderChanged { get; init; }

    /// <summary>Called for each failed attempt to read or write the lease, conflicts excepted; for a log.</summary>
    public Action<KubernetesException>? Failed { get; init; }

    /// <summary>An identity as client-go's examples make them: the name of the host, and a random part.</summary>
    /// <param name="host">The name of the pod.</param>
    public static string UniqueIdentity(string host) => $"{host}_{Guid.NewGuid()}";
}
