using Tracebloc.Configuration;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Kubernetes;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Configuration;

/// <summary>Reads the configuration's <c>images</c>: what to follow, where it goes, and by which gates.</summary>
internal sealed partial class ImagesReader(
    ConfigurationReader root, ConfigurationErrors errors, ReferencedFiles files)
{
    public List<TrackedImage> Read()
    {
        if (root.Find("images") is null or ConfigurationNode.Sequence { Items.Count: 0 })
            root.Missing("images", "list at least one");
        var images = new List<TrackedImage>();
        foreach (var item in root.Items("images"))
        {
            var image = ReadImage(item);
            item.RefuseUnknownKeys();
            if (image is null) continue;
            RefuseConflicts(item, image, images);
            images.Add(image);
        }

        return images;
    }

    private TrackedImage? ReadImage(ConfigurationReader item)
    {
        var name = ReadImageName(item);
        var reference = ReadReference(item);
        var workload = ReadWorkload(item);
        var onFailure = ReadOnFailure(item, workload);
        var action = ReadAction(item, workload, onFailure);
        var pinned = item.Boolean("pinned") ?? false;
        var gates = ReadGates(item, action);
        if (name is null || reference is null || workload is null || action is null) return null;
        return new TrackedImage
        {
            Name = name,
            Image = reference,
            Workload = workload,
            Action = action,
            Pinned = pinned,
            OnFailure = onFailure,
            Gates = gates,
        };
    }

    private static string? ReadImageName(ConfigurationReader item)
    {
        var name = item.RequiredText("name", "name: web; it is part of the annotations' names");
        if (name is null || KubernetesName.IsLabel(name, TrackedImage.LongestName)) return name;
        item.Refuse(
            "name",
            $"\"{name}\" cannot be part of an annotation's name; "
            + $"use at most {TrackedImage.LongestName} lower-case letters, digits and dashes");
        return null;
    }

    private static ImageReference? ReadReference(ConfigurationReader item)
    {
        var text = item.RequiredText("image", "image: docker.io/library/nginx:stable");
        if (text is null) return null;
        if (ImageReference.TryParse(text, out var reference, out var error)) return reference;
        item.Refuse("image", error);
        return null;
    }

    private static WorkloadReference? ReadWorkload(ConfigurationReader item)
    {
        var text = item.RequiredText("workload", "workload: deployment/web");
        if (text is null) return null;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var kind = KindOf(text[..Math.Max(0, slash)]);
        var name = text[(slash + 1)..];
        if (kind is { } known && KubernetesName.IsSubdomain(name)) return new WorkloadReference(known, name);
        item.Refuse("workload", kind is null
            ? $"\"{text}\" is not kind/name; the kind is deployment, statefulset, daemonset or cronjob"
            : $"\"{name}\" is no workload's name; use lower-case letters, digits, dashes and dots");
        return null;
    }

    // As kubectl takes them, and as its output has them; the report names the kind in full.
    private static WorkloadKind? KindOf(string text) => text switch
    {
        "deployment" or "deployments" or "deploy" or "deployment.apps" or "deployments.apps" or "deploy.apps" =>
            WorkloadKind.Deployment,
        "statefulset" or "statefulsets" or "sts" or "statefulset.apps" or "statefulsets.apps" or "sts.apps" =>
            WorkloadKind.StatefulSet,
        "daemonset" or "daemonsets" or "ds" or "daemonset.apps" or "daemonsets.apps" or "ds.apps" =>
            WorkloadKind.DaemonSet,
        "cronjob" or "cronjobs" or "cj" or "cronjob.batch" or "cronjobs.batch" or "cj.batch" =>
            WorkloadKind.CronJob,
        _ => null,
    };

    private void RefuseConflicts(ConfigurationReader item, TrackedImage image, List<TrackedImage> before)
    {
        for (var i = 0; i < before.Count; i++)
        {
            if (before[i].Name == image.Name)
                item.Refuse("name", $"\"{image.Name}\" is the name of images[{i}] already; names are unique");
            if (before[i].Workload != image.Workload)
                continue;
            if (SetsTheSame(before[i].Action, image.Action))
                errors.Add(
                    item.Mapping,
                    $"sets the same as images[{i}] on {image.Workload}; they would undo each other forever");
            // After only one of them is rolled back, it is unknown whether the other still works.
            if (before[i].Floats && image.Floats && before[i].OnFailure != image.OnFailure)
                item.Refuse("onFailure", $"differs from images[{i}], which shares the pods of {image.Workload}; "
                    + "give both the same");
        }
    }

    private static bool SetsTheSame(RefreshAction left, RefreshAction right) => left is RefreshAction.SetEnv
        ? left == right
        : ImageOf(left) is { } container && container == ImageOf(right);

    /// <summary>The container whose image the action may change.</summary>
    private static string? ImageOf(RefreshAction action) => action switch
    {
        RefreshAction.SetImage(var container) => container,
        RefreshAction.Restart(var container) => container,
        _ => null,
    };
}
