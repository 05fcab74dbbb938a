using System.Collections.Immutable;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Gates;

/// <summary>
/// The evidence that this run has fetched for the images of one workload, and the reason where a registry did not hand
/// it out. Evidence of one digest never applies to another, and that of an earlier run to none.
/// </summary>
internal sealed class EvidenceBook
{
    private readonly ImmutableDictionary<(string Name, Digest Digest), Fetched<Evidence>> _found;

    private EvidenceBook(ImmutableDictionary<(string Name, Digest Digest), Fetched<Evidence>> found) => _found = found;

    public static EvidenceBook Empty { get; } = new(ImmutableDictionary<(string, Digest), Fetched<Evidence>>.Empty);

    /// <summary>Null where none has been fetched.</summary>
    public Fetched<Evidence>? Of(TrackedImage image, Digest digest) => _found.GetValueOrDefault((image.Name, digest));

    public EvidenceBook With(TrackedImage image, Digest digest, Fetched<Evidence> evidence) =>
        new(_found.SetItem((image.Name, digest), evidence));
}
