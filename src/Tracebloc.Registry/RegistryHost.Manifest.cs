namespace Tracebloc.Registry;

internal sealed partial class RegistryHost
{
    /// <summary>
    /// The digest of one manifest: by HEAD, which costs the registry nothing and does not count as a pull; by one GET
    /// where HEAD does not say.
    /// </summary>
    public async Task<Resolution> ResolveAsync(ManifestTarget target, CancellationToken cancellationToken)
    {
        var head = await FetchAsync(HttpMethod.Head, target, cancellationToken);
        if (!head.HasAnswer)
            return Unanswered(head);
        var digest = DigestHeader.Of(head);
        if (head.Status is 200)
        {
            var type = ManifestMedia.TypeOf(head);
            if (ManifestMedia.IsWebPage(type))
                return Invalid(head, "a web page, as proxies and sign-in portals do");
            if (digest.Digest is not null)
                return Found(digest.Digest, head);
        }
        else if (IsWorthOneGet(head))
            target = target with { IsSingle = true };
        else if (!IsWorthGet(head))
            return StatusVerdict.Explain(head, call.Time);
        if (IsSpent(head))
            return NoPullLeft(head.Uri, "the digest needs a GET");
        var get = await FetchAsync(HttpMethod.Get, target, cancellationToken);
        return get.HasAnswer ? Judge(get, digest) : Unanswered(get);
    }

    // What registries and proxies answer that do not serve HEAD. The specification knows no success other than 200.
    private static bool IsWorthGet(Reply head) => head.Status is (> 200 and < 300) or 400 or 403 or 404 or 405 or 501;

    // What can also be the registry's word on the image: worth one request, unless that may count as a pull.
    private bool IsWorthOneGet(Reply head) => memory.Allowance is null && head.Status switch
    {
        401 => head.IsAfterToken,
        406 or 409 or 410 => true,
        500 => RetryDelay.Announced(head, call.Time) is null,
        _ => false,
    };

    /// <summary>A manifest by GET, unless no pull is left for it.</summary>
    private async Task<Reply> PullAsync(ManifestTarget target, CancellationToken cancellationToken)
    {
        if (memory.Allowance is { IsSpent: true })
        {
            // Another account's may be the spent one, or its window over by now: HEAD tells, and costs no pull.
            var head = await FetchAsync(HttpMethod.Head, target, cancellationToken);
            if (!head.HasAnswer)
                return head;
            if (IsSpent(head))
                return Reply.Failed(head.Uri, NoPullLeft(head.Uri, "the manifest needs a GET"));
        }
        return await FetchAsync(HttpMethod.Get, target, cancellationToken);
    }

    // What is served without the headers has no limit (see RateLimit); an error may lack them for its own reasons.
    private bool IsSpent(Reply head) => AllowanceIn(head) is { } left
        ? left.IsSpent
        : head.Status is not 200 && memory.Allowance is { IsSpent: true };

    private static RateLimit? AllowanceIn(Reply reply) => RateLimit.Parse(
        reply.Lines("ratelimit-limit").FirstOrDefault(), reply.Lines("ratelimit-remaining").FirstOrDefault());

    private static Resolution NoPullLeft(Uri uri, string what) => Resolution.Failed(
        Verdict.Limited, $"{HttpCall.Print(uri)}: {what}, and no pull is left; wait, or use credentials");

    private Resolution Judge(Reply get, DigestHeader head)
    {
        if (get.Status is not 200)
            return StatusVerdict.Explain(get, call.Time);
        var type = ManifestMedia.TypeOf(get);
        if (ManifestMedia.IsWebPage(type))
            return Invalid(get, "a web page, as proxies and sign-in portals do");
        if (get.Lines("Content-Encoding").Any(coding => !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
            return Invalid(get, "a compressed body that was not asked for");
        if (ManifestMedia.IsSchema1(type))
            return Invalid(get, "a schema 1 manifest and no digest for it");
        if (ManifestMedia.FaultOf(get.Body.Span, type) is { } fault)
            return Invalid(get, $"something else than a manifest ({fault})");
        var header = DigestHeader.Of(get);
        if (header.Digest is { } stated && !stated.Matches(get.Body.Span))
            return Invalid(get, "a body that does not match its digest");
        var digest = header.Digest ?? Digest.Of(get.Body.Span);
        var differs = head.IsInvalid || (head.Digest is { } claimed && !claimed.Matches(get.Body.Span));
        return Found(digest, get, differs
            ? $"{HttpCall.Print(get.Uri)} answers HEAD with another digest than its body has; the body counts"
            : null);
    }

    private static Resolution Unanswered(Reply reply) =>
        reply.Failure ?? throw new InvalidOperationException("There is an answer.");

    private static Resolution Invalid(Reply reply, string what) => Resolution.Failed(
        Verdict.Invalid, $"{HttpCall.Print(reply.Uri)} answered with {what}; check the way to the registry");

    private static Resolution Found(Digest digest, Reply reply, string? warning = null)
    {
        List<string>? warnings = null;
        if (reply.Note is not null)
            (warnings ??= []).Add(reply.Note);
        if (warning is not null)
            (warnings ??= []).Add(warning);
        foreach (var line in reply.Lines("Warning"))
            if (RegistryWarning.Parse(line) is { } text)
                (warnings ??= []).Add($"{reply.Uri.Authority} warns: {text}");
        var found = new Resolution { Verdict = Verdict.Ok, Digest = digest };
        return warnings is null ? found : found with { Warnings = warnings };
    }
}
