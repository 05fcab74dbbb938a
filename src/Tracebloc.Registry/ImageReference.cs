using System.Diagnostics.CodeAnalysis;

namespace Tracebloc.Registry;

/// <summary>
/// The location of an image, normalised by the grammar of distribution/reference
/// (<c>[domain[:port]/]path[:tag][@digest]</c>): two spellings of one image are equal. Nothing is ever stripped from
/// what was written; text that does not fit the grammar is rejected with the remedy.
/// </summary>
public sealed record ImageReference
{
    internal ImageReference(string domain, string path, string? tag, Digest? digest)
    {
        Domain = domain;
        Path = path;
        Tag = tag;
        Digest = digest;
    }

    /// <summary>
    /// The registry's host as the pods name it, with the port when one was written: <c>docker.io</c>,
    /// <c>localhost:5000</c>, <c>[2001:db8::1]:5000</c>. Docker Hub is always <c>docker.io</c>, whatever host
    /// serves its API.
    /// </summary>
    public string Domain { get; }

    /// <summary>The repository's path in the registry, <c>library/nginx</c>; at most 255 characters.</summary>
    public string Path { get; }

    /// <summary>The tag; <c>latest</c> when neither tag nor digest was written, null when only a digest was.</summary>
    public string? Tag { get; }

    /// <summary>The digest, when one was written.</summary>
    public Digest? Digest { get; }

    /// <summary>Domain and path, <c>docker.io/library/nginx</c>.</summary>
    public string Repository => $"{Domain}/{Path}";

    /// <summary>True for an image given by digest alone: no registry can serve a newer one.</summary>
    public bool IsDigestOnly => Tag is null;

    /// <summary>Reads a reference as users write it.</summary>
    /// <exception cref="FormatException">The text is no reference; the message has the remedy.</exception>
    public static ImageReference Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var reference, out var error) ? reference : throw new FormatException(error);
    }

    /// <summary>As <see cref="Parse"/>, with <paramref name="error"/> in place of the exception.</summary>
    public static bool TryParse(
        [NotNullWhen(true)] string? text,
        [NotNullWhen(true)] out ImageReference? reference,
        [NotNullWhen(false)] out string? error)
    {
        reference = ImageReferenceParser.Parse(text, out var fault);
        error = reference is null ? fault ?? "" : null;
        return reference is not null;
    }

    /// <summary>The repository at a digest, as pods are pinned: <c>docker.io/library/nginx@sha256:…</c>.</summary>
    public string At(Digest digest)
    {
        ArgumentNullException.ThrowIfNull(digest);
        return $"{Repository}@{digest}";
    }

    /// <summary>The canonical text in full: <c>docker.io/library/nginx:1.27@sha256:…</c>.</summary>
    public override string ToString() =>
        Repository + (Tag is null ? "" : $":{Tag}") + (Digest is null ? "" : $"@{Digest}");
}
