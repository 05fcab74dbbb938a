namespace Tracebloc.JobsManager.Jobs;

/// <summary>The ingestor's image of the installation.</summary>
/// <param name="Repository">The repository, a mirror's where the installation has one.</param>
/// <param name="Tag">The tag; null where tags are not allowed.</param>
/// <param name="Digest">The digest that image refresh keeps current; null while it is unknown.</param>
internal sealed record RunImage(string Repository, string? Tag, string? Digest)
{
    /// <summary>The reference for a run: the digest that it asks for, else the installation's, else the tag.</summary>
    /// <returns>Null where no digest is known and tags are not allowed.</returns>
    public string? For(string? digest) => (digest ?? Digest) is { } pinned
        ? $"{Repository}@{pinned}"
        : Tag is null ? null : $"{Repository}:{Tag}";
}
