using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Pin;

/// <summary>An image of a values file: the tag to ask for, and where its digest stands.</summary>
internal sealed record PinTarget(string Path, int Line, ImageReference Image, ScalarPlace Place)
{
    /// <summary>The unpinned value: empty for a digest, or <c>repo:tag</c>.</summary>
    public string Unpinned { get; init; } = "";

    public Digest? Held { get; init; }

    public string Pinned(Digest digest) => Unpinned.Length == 0 ? digest.ToString() : $"{Unpinned}@{digest}";
}
