namespace Tracebloc.ChartUpgrade;

/// <summary>
/// The timeout of each run of helm. Helm's <c>--timeout</c> is for each of its waits: a rollback waits once, an
/// upgrade that fails waits twice.
/// </summary>
internal sealed record UpgradeDeadlines(TimeSpan Timeout, TimeSpan Fetch)
{
    /// <summary>Beside its waits helm renders, reads and writes; on a slow API server that takes seconds.</summary>
    private static readonly TimeSpan Work = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Between SIGTERM and SIGKILL. Less than the 30 s that a pod is given, so that the kubelet never kills helm.
    /// </summary>
    public static TimeSpan Stop { get; } = TimeSpan.FromSeconds(20);

    /// <summary>Version, history, values, verification: no waits, a few requests.</summary>
    public TimeSpan Read { get; } = TimeSpan.FromSeconds(20);

    public TimeSpan Rollback => Timeout + Work;

    public TimeSpan Upgrade => (2 * Timeout) + Work;

    /// <summary>
    /// No helm with this timeout has a release pending for so long: it was killed, or its node is gone.
    /// </summary>
    public TimeSpan Abandoned => Rollback;

    /// <summary>
    /// Encloses all the above, each helm stopped at its deadline. A run that waits for <see cref="Abandoned"/> upgrades
    /// nothing.
    /// </summary>
    public TimeSpan Overall => (3 * Timeout) + (2 * Fetch) + TimeSpan.FromMinutes(5);
}
