using Tracebloc.Cli.Finding;
using Tracebloc.Cli.Staging;
using Tracebloc.Kubernetes;

namespace Tracebloc.Cli.Checks;

/// <summary>The checks of what a staging pod needs, without starting one.</summary>
internal sealed class PodChecks(ClusterSession session)
{
    private const string SampleTable = "doctor";

    /// <summary>Only a pod that uses the image proves that it can be pulled; the last runs are such pods.</summary>
    public async Task<CheckFinding> ImageAsync(Release release, CancellationToken token)
    {
        if (release.Image is not { } image)
            return CheckFinding.Fail("jobs-manager knows no image of the ingestor", "upgrade the client chart");
        var pods = await session.Client.ListAsync(
            ResourceType.Pods, release.Namespace, new ListOptions(), ClusterJson.Default.ResourceListV1Pod, token);
        var users = pods.Items.Where(pod => Uses(pod, image)).ToList();
        if (users.Find(IsPulled) is { } proof)
            return CheckFinding.Ok($"pod {proof.Metadata?.Name} has pulled {image}");
        var state = users.Select(StageState.Of)
            .FirstOrDefault(each => each is { Phase: StagePhase.Failed, Remedy: not null });
        return state is not null
            ? CheckFinding.Fail($"{image} cannot be pulled: {state.Reason}", state.Remedy ?? "")
            : CheckFinding.Unknown(
                $"no pod has pulled {image} lately", "none: a push finds out, within its first minute");
    }

    /// <summary>Asks the API server, by a dry run, whether it takes the staging pod.</summary>
    public async Task<CheckFinding> AdmissionAsync(Release release, CancellationToken token)
    {
        var policy = await IngestorPolicy.ReadAsync(session.Client, release, token);
        var target = new StageTarget(release, policy.Account(), SampleTable, SampleTable);
        await StagePod.TryAsync(session, target, new StageDeadlines(), token);
        return CheckFinding.Ok($"namespace {release.Namespace} admits the staging pod");
    }

    private static bool Uses(V1Pod pod, string image) =>
        pod.Spec?.Containers?.Any(container => container.Image == image) == true;

    // A container that runs, or has run, has its image.
    private static bool IsPulled(V1Pod pod) =>
        pod.Status?.ContainerStatuses?.Any(status => status.State is not null and not { Waiting: not null }) == true;
}
