using FetchedReferrers = Tracebloc.Registry.Fetched<
    System.Collections.Generic.IReadOnlyList<Tracebloc.Registry.Descriptor>>;

namespace Tracebloc.Registry;

internal sealed partial class RegistryHost
{
    /// <summary>One manifest by GET, checked against the digests it was asked for and served with.</summary>
    public async Task<Fetched<Manifest>> GetManifestAsync(
        ManifestTarget target, Digest? digest, CancellationToken cancellationToken)
    {
        var get = await PullAsync(target, cancellationToken);
        var judged = get.HasAnswer ? Judge(get, default) : Unanswered(get);
        if (!judged.IsOk)
            return Fetched<Manifest>.Failed(judged);
        if (digest is not null && !digest.Matches(get.Body.Span))
            return Fetched<Manifest>.Failed(Invalid(get, "a body that does not match its digest"));
        return Manifest.TryParse(get.Body, out var manifest, out var error)
            ? Fetched<Manifest>.Of(manifest)
            : Fetched<Manifest>.Failed(Invalid(get, $"something else than a manifest ({error})"));
    }

    public async Task<Fetched<byte[]>> GetBlobAsync(
        ManifestTarget target, Digest digest, CancellationToken cancellationToken)
    {
        var get = await FetchAsync(HttpMethod.Get, target, cancellationToken);
        if (FailureOf(get) is { } failure)
            return Fetched<byte[]>.Failed(failure);
        return digest.Matches(get.Body.Span)
            ? Fetched<byte[]>.Of(get.Body.ToArray())
            : Fetched<byte[]>.Failed(Invalid(get, "a body that does not match its digest"));
    }

    /// <summary>All pages of the list; <see cref="Verdict.NotFound"/> when this host has no API for it.</summary>
    public async Task<FetchedReferrers> GetReferrersAsync(
        ManifestTarget target, int maxPages, CancellationToken cancellationToken)
    {
        var found = new List<Descriptor>();
        for (var page = 1; page <= maxPages; page++)
        {
            var get = await FetchAsync(HttpMethod.Get, target, cancellationToken);
            if (get.HasAnswer && page == 1 && Referrers.AreUnknownTo(get))
                return FetchedReferrers.Failed(Verdict.NotFound, null);
            if (FailureOf(get) is { } failure)
                return FetchedReferrers.Failed(failure);
            if (!Manifest.TryParse(get.Body, out var index, out var error))
                return FetchedReferrers.Failed(Invalid(get, $"no list of referrers ({error})"));
            found.AddRange(index.Manifests);
            if (Referrers.NextOf(get) is not { } next)
                return FetchedReferrers.Of(found);
            if (!target.IsSameOrigin(next))
                return FetchedReferrers.Failed(Invalid(get, "a list of referrers that goes on at another host"));
            target = target with { Uri = next };
        }
        return FetchedReferrers.Failed(Resolution.Failed(
            Verdict.Invalid, $"{HttpCall.Print(target.Uri)}: the list of referrers has more than {maxPages} pages"));
    }

    private Resolution? FailureOf(Reply reply) =>
        !reply.HasAnswer ? Unanswered(reply)
        : reply.Status is not 200 ? StatusVerdict.Explain(reply, call.Time)
        : null;
}
