using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh.Observing;

/// <summary>The answer of the API server, or the reason why it is unreachable.</summary>
internal readonly record struct ClusterAnswer<T>(T? Value, string? Unreachable) where T : class;

/// <summary>The one place where a refusal of the API server, or the tick's deadline, becomes an answer.</summary>
internal static class ClusterAnswer
{
    public const string OutOfTime = "the tick's deadline has passed; the next tick continues";

    public static async Task<ClusterAnswer<T>> OfAsync<T>(
        Func<CancellationToken, Task<T>> call, CancellationToken token) where T : class
    {
        try
        {
            return new(await call(token), null);
        }
        catch (KubernetesException refused)
        {
            return new(null, refused.Message);
        }
        catch (OperationCanceledException)
        {
            return new(null, OutOfTime);
        }
    }
}
