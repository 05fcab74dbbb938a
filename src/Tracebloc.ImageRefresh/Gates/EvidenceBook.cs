using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Gates;

/// <summary>
/// The evidence that this run has fetched for the images of one workload, and the reason where a registry did not hand
/// it out. Evidence of one digest never applies to another, and that of an earlier run to none.
/// </summary>
internal sealed class EvidenceBook
{
    private readonly Dictionary<(string Name, Digest Digest), Fetched<Evidence>> _found;

    private EvidenceBook(Dictionary<(string Name, Digest Digest), Fetched<Evidence>> found) => _found = found;

    public static EvidenceBook Empty { get; } = new([]);

    /// <summary>Null where none has been fetched.</summary>
    public Fetched<Evidence>? Of(TrackedImage image, Digest digest) => _found.GetValueOrDefault((image.Name, digest));

    /// <summary>A book with this evidence as well; this one stays as it is.</summary>
    public EvidenceBook With(TrackedImage image, Digest digest, Fetched<Evidence> evidence) =>
        new(new(_found) { [(image.Name, digest)] = evidence });
}
