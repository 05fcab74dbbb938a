namespace Tracebloc.Registry;

/// <summary>Resolves tags to digests, and fetches manifests with regard to the pulls that are left.</summary>
internal sealed class ManifestReader(ContentFetcher fetcher, TimeProvider time)
{
    /// <summary>
    /// The digest of one manifest: by HEAD, which costs the registry nothing and does not count as a pull; by one GET
    /// where HEAD does not have it.
    /// </summary>
    public async Task<Fetched<Digest>> ResolveAsync(
        RegistryHost host, ManifestTarget target, CancellationToken cancellationToken)
    {
        var head = await fetcher.FetchAsync(host, HttpMethod.Head, target, cancellationToken);
        if (head.Failure is { } unanswered)
            return Fetched<Digest>.Failed(unanswered);
        var digest = DigestHeader.Of(head);
        if (head.Status is 200)
        {
            if (ManifestMedia.IsWebPage(ManifestMedia.TypeOf(head)))
                return Fetched<Digest>.Failed(
                    ContentFetcher.Invalid(head, "a web page, as proxies and sign-in portals do"));
            if (digest.Digest is not null)
                return ManifestVerdict.Found(digest.Digest, head);
        }
        else if (IsWorthOneGet(head, host))
            target = target with { IsSingle = true };
        else if (!IsWorthGet(head))
            return Fetched<Digest>.Failed(StatusVerdict.Explain(head, time));
        if (IsSpent(head, host))
            return Fetched<Digest>.Failed(NoPullLeft(head.Uri, "the digest needs a GET"));
        var get = await fetcher.FetchAsync(host, HttpMethod.Get, target, cancellationToken);
        return get.Failure is { } failure
            ? Fetched<Digest>.Failed(failure)
            : ManifestVerdict.Of(get, digest, time);
    }

    /// <summary>A manifest by GET, checked against the digests it was asked for and served with.</summary>
    public Task<Fetched<Manifest>> GetAsync(
        RegistryHost host, ManifestTarget target, Digest? digest, CancellationToken cancellationToken) =>
        GetAsync(host, target, digest, Read, cancellationToken);

    /// <summary>The same, for what is to be read of it.</summary>
    public async Task<Fetched<T>> GetAsync<T>(
        RegistryHost host,
        ManifestTarget target,
        Digest? digest,
        Func<Reply, Fetched<T>> read,
        CancellationToken cancellationToken) where T : class
    {
        var get = await PullAsync(host, target, cancellationToken);
        var judged = get.Failure ?? ManifestVerdict.Of(get, default, time);
        if (judged.Verdict is not Verdict.Ok)
            return Fetched<T>.Failed(judged);
        return digest is null || digest.Matches(get.Body.Span)
            ? read(get)
            : Fetched<T>.Failed(ContentFetcher.Invalid(get, "a body that does not match its digest"));
    }

    private static Fetched<Manifest> Read(Reply get) => Manifest.TryParse(get.Body, out var manifest, out var error)
        ? Fetched<Manifest>.Of(manifest)
        : Fetched<Manifest>.Failed(ContentFetcher.Invalid(get, $"something else than a manifest ({error})"));

    /// <summary>A manifest by GET, unless no pull is left for it.</summary>
    private async Task<Reply> PullAsync(RegistryHost host, ManifestTarget target, CancellationToken cancellationToken)
    {
        if (host.Gate.State.Allowance is { IsSpent: true })
        {
            // The spent limit may be another account's, or its window may be over: HEAD shows it, and costs no pull.
            var head = await fetcher.FetchAsync(host, HttpMethod.Head, target, cancellationToken);
            if (!head.HasAnswer)
                return head;
            if (IsSpent(head, host))
                return Reply.Failed(head.Uri, NoPullLeft(head.Uri, "the manifest needs a GET"));
        }
        return await fetcher.FetchAsync(host, HttpMethod.Get, target, cancellationToken);
    }

    // Answers of registries and proxies that do not serve HEAD. The specification has no success other than 200.
    private static bool IsWorthGet(Reply head) => head.Status is (> 200 and < 300) or 400 or 403 or 404 or 405 or 501;

    // Answers that can also be about the image: worth one request, unless that may count as a pull.
    private bool IsWorthOneGet(Reply head, RegistryHost host) => host.Gate.State.Allowance is null && head.Status switch
    {
        401 => head.IsAfterToken,
        406 or 409 or 410 => true,
        500 => RetryDelay.Announced(head, time) is null,
        _ => false,
    };

    // A success without the headers has no limit (see RateLimit); an error may lack them for its own reasons.
    private static bool IsSpent(Reply head, RegistryHost host) => RateLimit.Of(head) is { } left
        ? left.IsSpent
        : head.Status is not 200 && host.Gate.State.Allowance is { IsSpent: true };

    private static Answer NoPullLeft(Uri uri, string what) => Answer.Failed(
        Verdict.Limited, $"{HttpCall.Print(uri)}: {what}, and no pull is left; wait, or use credentials");
}
