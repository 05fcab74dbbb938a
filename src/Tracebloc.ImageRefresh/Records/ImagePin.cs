using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh.Records;

/// <summary>
/// A container that pulls a digest in place of its tag: pods that pull by tag can go back in no other way. The image
/// after the pin is the configuration's, and is not remembered.
/// </summary>
/// <param name="Container">Its name.</param>
internal sealed record ImagePin(string Container)
{
    /// <summary>
    /// Reads what <see cref="ToString"/> gives, and <c>CONTAINER=IMAGE</c> of earlier versions, whose image is dropped;
    /// null where the text is something else.
    /// </summary>
    public static ImagePin? Parse(string text)
    {
        var end = text.IndexOf('=', StringComparison.Ordinal);
        var container = end < 0 ? text : text[..end];
        return KubernetesName.IsLabel(container) ? new(container) : null;
    }

    /// <summary>True while the container pulls the pinned digest, and no image set by another writer.</summary>
    public bool IsIn(Workload workload) =>
        workload.Find(Container)?.Image?.Contains('@', StringComparison.Ordinal) == true;

    public override string ToString() => Container;
}
