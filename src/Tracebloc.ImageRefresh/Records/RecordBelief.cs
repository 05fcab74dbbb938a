using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Records;

/// <summary>
/// A record is believed only as far as the configuration and the workload confirm it: everyone who may annotate the
/// workload can write one. A pin names a container of the workload:
/// <code>
/// no such container                                           no pin: it went with the container
/// the container of a setImage                                 no pin: the action sets the digest by itself
/// any other, and verify allows no tag to stand                refused
/// the container of a restart, and it runs the repository      believed
/// the container of a restart, and it runs another             no pin: the configuration names the wrong container
/// another container than the restart's                        refused
/// no container of a restart, and it runs the repository       believed
/// no container of a restart, and it runs another by digest    refused: it may be a pin, and is none of this image
/// no container of a restart, and it runs another by tag       no pin: nothing is pinned there
/// </code>
/// </summary>
internal static class RecordBelief
{
    public static RecordReading Confirm(TrackedImage image, Workload workload, RefreshRecord written)
    {
        var believed = new RecordReading.Ok(written, written);
        if (written.Pin is not { } pin)
            return believed;
        var unpinned = believed with { Value = written with { Pin = null } };
        if (workload.Find(pin.Container) is not { } container
            || image.Action == new RefreshAction.SetImage(pin.Container))
            return unpinned;
        if (image.HoldsDigest)
            return Refused(image, pin, "which would get a tag again, and verify allows none");
        var expected = (image.Action as RefreshAction.Restart)?.Container;
        if (expected is not null && expected != pin.Container)
            return Refused(image, pin, $"and the configuration names {expected}");
        if (Runs(container, image.Image))
            return believed;
        return expected is null && pin.IsIn(workload)
            ? Refused(image, pin, $"which does not run {image.Image.Repository}")
            : unpinned;
    }

    private static bool Runs(Container container, ImageReference image) =>
        ImageReference.TryParse(container.Image, out var found, out _) && found.Repository == image.Repository;

    // Dropped without a message, a container would stay pinned forever.
    private static RecordReading.Unreadable Refused(TrackedImage image, ImagePin pin, string why) => new(
        $"the annotation {RefreshAnnotations.PinnedFrom(image.Name)} names the container {pin.Container}, {why}; give"
        + $" the container its image and remove the annotation");
}
