namespace Tracebloc.Registry.Pushing;

/// <summary>The requests in which a blob goes, by the registry's profile, its limits and what is known of the blob.
/// </summary>
internal sealed class UploadPlan(BlobContent content, PushOptions options, RegistryProfile profile, UploadLimit limit)
{
    // A chunk takes some requests' worth of time: smaller ones than this are not worth a try.
    private const long SmallestChunk = 1 << 20;

    /// <summary>True when the whole blob goes in the PUT.</summary>
    public bool IsWhole => content is { Digest: not null, Length: { } length }
        && length <= Math.Min(profile.LargestPut, limit.Body)
        && (profile.Form is not UploadForm.Stream || length <= profile.LargestPut);

    /// <summary>True when the blob goes in one PATCH of no stated length.</summary>
    public bool IsStreamed => !IsWhole && limit.Body == long.MaxValue
        && (content.Length is null
            || profile.Form is not UploadForm.Chunks
            || (profile.HasLastChunkInPut && content.Digest is null));

    /// <summary>The next part for PATCH; null when what is left goes in the PUT, or nothing is.</summary>
    public BlobPart? PatchOf(UploadSource source, UploadSession session)
    {
        if (IsWhole || source.HasEnded && session.Offset == source.Position)
            return null;
        if (IsStreamed || content.Length is not { } length)
            return new BlobPart(source, session.Offset, null, PaceOf(content.Length ?? 0));
        var left = length - session.Offset;
        var chunk = ChunkOf(session);
        if (left == 0 || (left <= chunk && EndsInPut))
            return null;
        return new BlobPart(source, session.Offset, Math.Min(left, chunk), PaceOf(chunk)) { HasRange = true };
    }

    /// <summary>The part that goes in the PUT; null for none.</summary>
    public BlobPart? LastOf(UploadSource source, UploadSession session) =>
        (IsWhole || (EndsInPut && !IsStreamed)) && content.Length > session.Offset
            ? new BlobPart(source, session.Offset, content.Length - session.Offset, PaceOf(content.Length ?? 0))
            : null;

    /// <summary>The time for the answer to so many bytes.</summary>
    public TimeSpan PaceOf(long bytes) =>
        TimeSpan.FromSeconds(10) + TimeSpan.FromSeconds((double)bytes / options.BytesPerSecond);

    /// <summary>Makes bodies smaller after a 413; false where that is not possible.</summary>
    public bool Shrink(BlobPart? part)
    {
        var refused = part?.Length ?? content.Length ?? 0;
        if (content.Length is null || profile.Form is UploadForm.Whole || refused / 2 < Math.Max(
            profile.MinChunk, SmallestChunk))
            return false;
        limit.Refused(refused);
        return true;
    }

    private bool EndsInPut => profile.HasLastChunkInPut && content.Digest is not null;

    private long ChunkOf(UploadSession session)
    {
        var most = Math.Min(Math.Min(options.ChunkBytes, profile.MaxChunk), limit.Body);
        return Math.Max(most, Math.Max(profile.MinChunk, session.MinChunk));
    }
}
