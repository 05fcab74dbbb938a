using k8s;
using k8s.Models;
using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.JobsManager;

/// <summary>Pods without a node: what a kubelet would report of them, and what it would remove.</summary>
internal sealed class PlayedPods(IKubernetes api, RealCluster cluster)
{
    /// <summary>The container of the newest pod of a Job ends.</summary>
    public async Task EndAsync(string job, int exitCode, string message, CancellationToken token)
    {
        var pod = await PodAsync(job, token);
        var at = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        pod.Status = new V1PodStatus
        {
            Phase = exitCode == 0 ? "Succeeded" : "Failed",
            ContainerStatuses =
            [
                new V1ContainerStatus
                {
                    Name = "ingestor",
                    Image = "i",
                    ImageID = "i",
                    State = new V1ContainerState
                    {
                        Terminated = new V1ContainerStateTerminated
                        {
                            ExitCode = exitCode,
                            Message = message,
                            StartedAt = at,
                            FinishedAt = at.AddMinutes(1),
                        },
                    },
                },
            ],
        };
        await api.CoreV1.ReplaceNamespacedPodStatusAsync(
            pod, pod.Name(), cluster.Namespace, cancellationToken: token);
    }

    /// <summary>A pod of the Job that has not ended; the Job's controller takes its time to make one.</summary>
    public async Task<V1Pod> PodAsync(string job, CancellationToken token)
    {
        using var bound = new Bound(Bound.OfWaits, token);
        return await bound.KeepAsync(
            async current =>
            {
                while (true)
                {
                    var pods = await api.CoreV1.ListNamespacedPodAsync(
                        cluster.Namespace, labelSelector: $"job-name={job}", cancellationToken: current);
                    if (pods.Items.FirstOrDefault(pod => pod.Status.Phase is "Pending" or "Running") is { } open)
                        return open;
                }
            },
            () => $"Job {job} has no open pod");
    }
}
