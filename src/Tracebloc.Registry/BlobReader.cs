using FetchedReferrers = Tracebloc.Registry.Fetched<
    System.Collections.Generic.IReadOnlyList<Tracebloc.Registry.Descriptor>>;

namespace Tracebloc.Registry;

/// <summary>Fetches blobs and lists of referrers.</summary>
internal sealed class BlobReader(ContentFetcher fetcher, TimeProvider time)
{
    // A page holds as many referrers as 4 MiB do; more of them are no signatures.
    private const int MaxPages = 10;

    /// <summary>A blob, checked against its digest.</summary>
    public async Task<Fetched<byte[]>> GetAsync(
        RegistryHost host, ManifestTarget target, Digest digest, CancellationToken cancellationToken)
    {
        var get = await fetcher.FetchAsync(host, HttpMethod.Get, target with { Accept = "*/*" }, cancellationToken);
        if (ContentFetcher.FailureOf(get, time) is { } failure)
            return Fetched<byte[]>.Failed(failure);
        return digest.Matches(get.Body.Span)
            ? Fetched<byte[]>.Of(get.Body.ToArray())
            : Fetched<byte[]>.Failed(ContentFetcher.Invalid(get, "a body that does not match its digest"));
    }

    /// <summary>All pages of the list; <see cref="Verdict.NotFound"/> when this host has no API for it.</summary>
    public async Task<FetchedReferrers> ListReferrersAsync(
        RegistryHost host, ManifestTarget target, CancellationToken cancellationToken)
    {
        var found = new List<Descriptor>();
        for (var page = 1; page <= MaxPages; page++)
        {
            var get = await fetcher.FetchAsync(host, HttpMethod.Get, target, cancellationToken);
            if (get.HasAnswer && page == 1 && Referrers.AreUnknownTo(get))
                return FetchedReferrers.Failed(Verdict.NotFound, null);
            if (ContentFetcher.FailureOf(get, time) is { } failure)
                return FetchedReferrers.Failed(failure);
            if (!Manifest.TryParse(get.Body, out var index, out var error))
                return FetchedReferrers.Failed(ContentFetcher.Invalid(get, $"no list of referrers ({error})"));
            found.AddRange(index.Manifests);
            if (Referrers.NextOf(get) is not { } next)
                return FetchedReferrers.Of(found);
            if (!target.IsSameOrigin(next))
                return FetchedReferrers.Failed(
                    ContentFetcher.Invalid(get, "a list of referrers that goes on at another host"));
            target = target with { Uri = next };
        }
        return FetchedReferrers.Failed(Answer.Failed(
            Verdict.Invalid, $"{HttpCall.Print(target.Uri)}: the list of referrers has more than {MaxPages} pages"));
    }
}
