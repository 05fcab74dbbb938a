using Tracebloc.ImageRefresh.Workloads;

namespace Tracebloc.ImageRefresh.Records;

/// <summary>
/// A container that pulls a digest in place of its tag: pods that pull by tag can go back in no other way.
/// </summary>
/// <param name="Container">Its name.</param>
/// <param name="Image">The image before the pin, which is restored later.</param>
internal sealed record ImagePin(string Container, string Image)
{
    /// <summary>Reads what <see cref="ToString"/> gives; null where the text is something else.</summary>
    public static ImagePin? Parse(string text) => text.Split('=', 2) switch
    {
        [{ Length: > 0 } container, { Length: > 0 } image] => new(container, image),
        _ => null,
    };

    /// <summary>True while the container pulls the pinned digest, and no image set by another writer.</summary>
    public bool IsIn(Workload workload) =>
        workload.Find(Container)?.Image?.Contains('@', StringComparison.Ordinal) == true;

    public bool HasContainer(Workload workload) => workload.Find(Container) is not null;

    public override string ToString() => $"{Container}={Image}";
}
