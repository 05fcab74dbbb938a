using Tracebloc.JobsManager.Runs;
using Tracebloc.Kubernetes;

namespace Tracebloc.JobsManager.Jobs;

/// <summary>The marks by which an object is known as one of a run.</summary>
internal static class Ownership
{
    /// <summary>True for an object that jobs-manager made for this run with this content.</summary>
    public static bool IsOf(IngestionRun run, V1ObjectMeta? metadata) =>
        HasKeyOf(run, metadata)
        && metadata?.Annotations?.GetValueOrDefault(RunNames.ContentAnnotation) == run.Request.ContentDigest;

    /// <summary>True for an object that jobs-manager made for a run of this key, with any content.</summary>
    public static bool HasKeyOf(IngestionRun run, V1ObjectMeta? metadata) =>
        metadata?.Labels?.GetValueOrDefault(RunNames.ManagedBy) == RunNames.Manager
        && metadata.Annotations?.GetValueOrDefault(RunNames.KeyAnnotation) == run.Key.Text;

    /// <summary>The run of an object; null for one that no run has.</summary>
    public static RunKey? KeyOf(V1ObjectMeta? metadata) =>
        RunKey.TryParse(metadata?.Annotations?.GetValueOrDefault(RunNames.KeyAnnotation), out var key) ? key : null;

    public static bool IsOwnedBy(V1ObjectMeta? item, V1ObjectMeta? owner) =>
        item?.OwnerReferences?.Any(each => each.Uid == owner?.Uid) == true;

    public static bool HasSameOwner(V1ObjectMeta? found, V1ObjectMeta? wanted) =>
        wanted?.OwnerReferences is [var owner, ..]
        && found?.OwnerReferences?.Any(each => each.Uid == owner.Uid) == true;
}
