namespace Tracebloc.Registry;

/// <summary>Fetches the lists of what refers to a manifest, each page filtered as it comes.</summary>
internal sealed class ReferrerReader(ContentFetcher fetcher, ManifestReader manifests, TimeProvider time)
{
    /// <summary>The bytes of a page taken at most: some 3000 entries without annotations.</summary>
    public const int MaxPage = 1 << 20;

    private const int MaxPages = 2;

    /// <summary>
    /// The first pages of the list; <see cref="Verdict.NotFound"/> when this host has no API for it.
    /// </summary>
    public async Task<Fetched<ReferrerList>> ListAsync(
        RegistryHost host, ManifestTarget target, ReferrerFilter filter, CancellationToken cancellationToken)
    {
        var collector = new ReferrerCollector(filter);
        target = target with { MaxBody = MaxPage };
        for (var page = 1; ; page++)
        {
            var get = await fetcher.FetchAsync(host, HttpMethod.Get, target, cancellationToken);
            if (get.HasAnswer && page == 1 && Referrers.AreUnknownTo(get))
                return Fetched<ReferrerList>.Failed(Verdict.NotFound, null);
            if (ContentFetcher.FailureOf(get, time) is { } failure)
                return Fetched<ReferrerList>.Failed(failure);
            if (Read(get, collector) is { IsOk: false } malformed)
                return malformed;
            if (Referrers.NextOf(get) is not { } next)
                return Fetched<ReferrerList>.Of(collector.ToList());
            if (page == MaxPages || collector.IsFull)
            {
                collector.Cut();
                return Fetched<ReferrerList>.Of(collector.ToList());
            }
            if (!target.IsSameOrigin(next))
                return Fetched<ReferrerList>.Failed(
                    ContentFetcher.Invalid(get, "a list of referrers that goes on at another host"));
            target = target with { Uri = next };
        }
    }

    /// <summary>The list under the tag that stands in for the API; empty when there is none.</summary>
    public async Task<Fetched<ReferrerList>> ListTaggedAsync(
        RegistryHost host, ManifestTarget target, ReferrerFilter filter, CancellationToken cancellationToken)
    {
        var list = await manifests.GetAsync(
            host,
            target with { MaxBody = MaxPage },
            null,
            get => Read(get, new ReferrerCollector(filter)),
            cancellationToken);
        return list.Verdict is Verdict.NotFound ? Fetched<ReferrerList>.Of(ReferrerList.Empty) : list;
    }

    private static Fetched<ReferrerList> Read(Reply get, ReferrerCollector collector)
    {
        collector.Count(get.Body.Length);
        return ReferrerPage.Read(get.Body.Span, collector) is { } error
            ? Fetched<ReferrerList>.Failed(ContentFetcher.Invalid(get, $"no list of referrers ({error})"))
            : Fetched<ReferrerList>.Of(collector.ToList());
    }
}
