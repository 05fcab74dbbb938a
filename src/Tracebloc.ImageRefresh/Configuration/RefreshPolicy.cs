namespace Tracebloc.ImageRefresh.Configuration;

/// <param name="FailureThreshold">Ticks that an image may stay unresolved, or a rollout unsettled.</param>
/// <param name="MaxRefreshAttempts">Rollouts of one digest before it is given up.</param>
/// <param name="RolloutTimeout">The timeout of one rollout.</param>
internal sealed record RefreshPolicy(int FailureThreshold, int MaxRefreshAttempts, TimeSpan RolloutTimeout)
{
    public static RefreshPolicy Of(RefreshConfiguration configuration) =>
        new(configuration.FailureThreshold, configuration.MaxRefreshAttempts, configuration.RolloutTimeout);
}
