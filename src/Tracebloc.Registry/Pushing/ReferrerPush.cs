namespace Tracebloc.Registry.Pushing;

/// <summary>
/// Pushes manifests that refer to another; where the registry has no referrers API, lists them under the tag that
/// stands in for it.
/// </summary>
internal sealed class ReferrerPush(
    ManifestPush manifests, Func<ImageReference, CancellationToken, Task<Fetched<byte[]>>> read)
{
    // The tag is read, changed and written, and others may write it in between: then the own entry is missing.
    private const int Attempts = 4;

    public async Task<Fetched<Digest>> PushAsync(
        ImageReference repository,
        Digest subject,
        string mediaType,
        ReadOnlyMemory<byte> manifest,
        CancellationToken cancellationToken)
    {
        var (digest, reply) = await manifests.SendAsync(
            repository, Digest.Of(manifest.Span).ToString(), mediaType, manifest, cancellationToken);
        var pushed = manifests.Judge(reply, digest);
        if (!pushed.IsOk || reply.Lines("OCI-Subject").Any())
            return pushed;
        var listed = await ListAsync(repository, Referrers.TagOf(subject), mediaType, manifest, cancellationToken);
        return listed.IsOk ? pushed : Fetched<Digest>.Failed(listed);
    }

    private async Task<Fetched<bool>> ListAsync(
        ImageReference repository,
        string tag,
        string mediaType,
        ReadOnlyMemory<byte> manifest,
        CancellationToken cancellationToken)
    {
        var place = new ImageReference(repository.Domain, repository.Path, tag, null);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var old = await read(place, cancellationToken);
            if (!old.IsOk && old.Verdict is not Verdict.NotFound)
                return Fetched<bool>.Failed(old);
            if (ReferrerIndex.With(old.Value, mediaType, manifest, out var fault) is not { } index)
                return fault is null
                    ? Fetched<bool>.Of(true)
                    : Broken(place, $"is no list of referrers: {fault}; remove it");
            var written = await manifests.PutAsync(repository, tag, ReferrerIndex.MediaType, index, cancellationToken);
            if (!written.IsOk)
                return Fetched<bool>.Failed(written);
        }
        return Broken(place, $"was changed by others {Attempts} times in a row; try again later", Verdict.Transient);
    }

    private static Fetched<bool> Broken(ImageReference place, string what, Verdict verdict = Verdict.Invalid) =>
        Fetched<bool>.Failed(verdict, $"{place} {what}");
}
