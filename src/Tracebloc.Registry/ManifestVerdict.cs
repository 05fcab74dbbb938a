namespace Tracebloc.Registry;

/// <summary>Judges whether a reply to GET is the manifest, and by which digest.</summary>
internal static class ManifestVerdict
{
    /// <param name="get">The reply.</param>
    /// <param name="head">The digest header of a reply to HEAD before; none by default.</param>
    /// <param name="time">The clock, for a wait that the reply announces.</param>
    public static Fetched<Digest> Of(Reply get, DigestHeader head, TimeProvider time)
    {
        if (get.Status is not 200)
            return Fetched<Digest>.Failed(StatusVerdict.Explain(get, time));
        if (FaultOf(get) is { } fault)
            return Fetched<Digest>.Failed(ContentFetcher.Invalid(get, fault));
        var header = DigestHeader.Of(get);
        if (header.Digest is { } stated && !stated.Matches(get.Body.Span))
            return Fetched<Digest>.Failed(ContentFetcher.Invalid(get, "a body that does not match its digest"));
        var digest = header.Digest ?? Digest.Of(get.Body.Span);
        var differs = head.IsInvalid || (head.Digest is { } claimed && !claimed.Matches(get.Body.Span));
        return Found(digest, get, differs
            ? $"{HttpCall.Print(get.Uri)} answers HEAD with another digest than its body has; the body counts"
            : null);
    }

    /// <summary>A digest with the warnings of the reply that stated it.</summary>
    public static Fetched<Digest> Found(Digest digest, Reply reply, string? warning = null)
    {
        List<string>? warnings = null;
        if (reply.Note is not null)
            (warnings ??= []).Add(reply.Note);
        if (warning is not null)
            (warnings ??= []).Add(warning);
        foreach (var line in reply.Lines("Warning"))
            if (RegistryWarning.Parse(line) is { } text)
                (warnings ??= []).Add($"{reply.Uri.Authority} warns: {text}");
        var found = Fetched<Digest>.Of(digest);
        return warnings is null ? found : found with { Warnings = warnings };
    }

    private static string? FaultOf(Reply get)
    {
        var type = ManifestMedia.TypeOf(get);
        if (ManifestMedia.IsWebPage(type))
            return "a web page, as proxies and sign-in portals do";
        if (get.Lines("Content-Encoding").Any(coding => !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
            return "a compressed body that was not asked for";
        if (ManifestMedia.IsSchema1(type))
            return "a schema 1 manifest and no digest for it";
        return ManifestMedia.FaultOf(get.Body.Span, type) is { } fault
            ? $"something else than a manifest ({fault})"
            : null;
    }
}
