using Tracebloc.Cli.Finding;
using Tracebloc.Kubernetes;
using Tracebloc.Net;

namespace Tracebloc.Cli.Runs;

/// <summary>
/// The log of a run: of its pods one after the other, since a Job starts another pod where one has failed.
/// </summary>
internal sealed class RunLog(ClusterSession session, string @namespace, string job)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private static readonly string[] Begun = ["Running", "Succeeded", "Failed"];

    private readonly HashSet<string> _read = [];

    /// <summary>Follows the logs of all pods, those to come included, to their ends after that of the run.</summary>
    /// <param name="take">Takes each line, fit for a terminal.</param>
    /// <param name="end">Completes when the run is over.</param>
    /// <param name="token">Ends it.</param>
    /// <exception cref="KubernetesException">A right is missing.</exception>
    public async Task FollowAsync(Action<string> take, Task end, CancellationToken token)
    {
        while (true)
        {
            var isOver = end.IsCompleted;
            await ReadNewAsync(await TryPodsAsync(token), take, token);
            if (isOver) return;
            await end.WaitAsync(Pause, session.Time, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Reads the logs of the pods that there are, each to its end.</summary>
    /// <returns>False where there is none.</returns>
    /// <exception cref="KubernetesException">A right is missing, or the API server gives no answer.</exception>
    public async Task<bool> ReadAsync(Action<string> take, CancellationToken token)
    {
        await ReadNewAsync(await PodsAsync(token), take, token);
        return _read.Count > 0;
    }

    private async Task ReadNewAsync(IEnumerable<string> pods, Action<string> take, CancellationToken token)
    {
        foreach (var pod in pods)
            if (_read.Add(pod)) await ReadAsync(pod, take, token);
    }

    private async Task ReadAsync(string pod, Action<string> take, CancellationToken token)
    {
        try
        {
            await foreach (var line in new PodApi(session.Client, @namespace)
                .FollowLogsAsync(pod, new LogOptions(), token))
                take(Line.Whole(line.Text));
        }
        catch (KubernetesException gone) when (gone.IsNotFound)
        {
            // The pod was deleted; its successor has a log of its own.
        }
    }

    private async Task<IReadOnlyList<string>> TryPodsAsync(CancellationToken token)
    {
        try
        {
            return await PodsAsync(token);
        }
        catch (KubernetesException away) when (away.IsTransient)
        {
            // The next look finds them.
            return [];
        }
    }

    private async Task<IReadOnlyList<string>> PodsAsync(CancellationToken token)
    {
        var pods = await session.Client.ListAsync(
            ResourceType.Pods, @namespace, new ListOptions { LabelSelector = $"job-name={job}" },
            ClusterJson.Default.ResourceListV1Pod, token);
        return
        [
            .. pods.Items.Where(pod => Begun.Contains(pod.Status?.Phase))
                .OrderBy(pod => pod.Metadata?.CreationTimestamp)
                .Select(pod => pod.Metadata?.Name).OfType<string>(),
        ];
    }
}
