using Microsoft.Extensions.Logging;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh.Applying;

/// <summary>Writes plans to one workload, each in one patch, and keeps the changes that it made.</summary>
internal sealed class WorkloadPatcher(
    WorkloadApi api, WorkloadReference reference, IPatchExtension? extension, ILogger logger)
{
    private readonly List<ImageChange> _changes = [];

    public WorkloadReference Reference => reference;

    /// <summary>Null where another writer was first: then the workload is read and planned again.</summary>
    /// <exception cref="KubernetesException">The API server refused it.</exception>
    public async Task<Workload?> TryPatchAsync(
        WorkloadPlan plan, WorkloadState seen, int conflicts, CancellationToken token)
    {
        foreach (var image in plan.Images.Where(image => image.Outcome == Outcome.Repaired && image.Rolls))
            Log.Reverted(logger, image.Image.Name, reference, image.Message);
        var changes = plan.Images
            .Where(image => image.Before != image.After)
            .Select(image => ImageChange.Of(image, seen.Workload, plan.At))
            .ToList();
        var edit = extension?.Extend(plan.Edit, seen.Workload, changes) ?? plan.Edit;
        var patched = await api.TryPatchAsync(reference, edit, seen.Workload, conflicts, token);
        if (patched is null)
        {
            Log.Conflict(logger, reference);
            return null;
        }
        _changes.AddRange(changes);
        if (plan.Rolls && reference.HasRollout)
            Log.RolloutStarted(logger, reference, Describe(plan));
        else if (plan.Rolls)
            Log.ChangedForNextJob(logger, reference, Describe(plan));
        return patched;
    }

    /// <summary>The results of images that were planned, with the changes that were patched.</summary>
    public IReadOnlyList<ImageResult> Results(IEnumerable<ImagePlan> plans, string? unreachable = null) =>
        [.. plans.Select(plan => Result(plan, unreachable))];

    private ImageResult Result(ImagePlan plan, string? unreachable)
    {
        var result = ImageResult.Of(plan) with
        {
            Changes = [.. _changes.Where(change => change.Image.Name == plan.Image.Name)],
        };
        return unreachable is null ? result : result.Unreachable(unreachable);
    }

    private static string Describe(WorkloadPlan plan) => string.Join(
        ", ", plan.Images.Where(image => image.Rolls).Select(image => $"{image.Image.Name}: {image.Message}"));
}
