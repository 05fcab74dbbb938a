namespace Tracebloc.Registry.Pushing;

/// <summary>
/// The push of one blob: finds it present, or continues or opens an upload, and begins again where one is lost.
/// </summary>
internal sealed class BlobPush(
    PushSender sender, ImageReference repository, BlobContent content, PushOptions options, RegistryProfile profile)
{
    // Each restart sends what was sent before: after so many the registry, or the content, is at fault.
    private const int MostRestarts = 5;

    private static readonly Digest Empty = Digest.Of([]);

    private readonly PushPauses _pauses = new(sender.Time, options.Attempts);
    private readonly BlobLookup _lookup = new(sender, repository, profile);
    private UploadSession? _session;

    private BlobContent Content { get; } =
        content.Length is 0 ? content with { Digest = content.Digest ?? Empty } : content;

    public async Task<Fetched<PushedBlob>> RunAsync(CancellationToken cancellationToken)
    {
        if (PushFault.Of(Content, profile, repository) is { } fault)
            return Fetched<PushedBlob>.Failed(fault);
        if (Content is { Digest: { } known, Length: { } length })
        {
            var found = await _lookup.FindAsync(known, cancellationToken);
            if (!found.IsOk)
                return Fetched<PushedBlob>.Failed(found);
            if (found.Value)
                return Fetched<PushedBlob>.Of(new PushedBlob(known, length, WasPresent: true, 0));
        }
        var isLeft = false;
        await using var source = new UploadSource(Content, options);
        try
        {
            var pushed = await RunAsync(source, cancellationToken);
            isLeft = pushed.IsOk || (options.OnLocation is not null && pushed.Verdict is Verdict.Transient
                or Verdict.Limited);
            return pushed;
        }
        catch (OperationCanceledException) when (options.OnLocation is not null)
        {
            isLeft = true;
            throw;
        }
        finally
        {
            if (!isLeft)
                await AbortAsync(CancellationToken.None); // each call has its own deadline
        }
    }

    private async Task<Fetched<PushedBlob>> RunAsync(UploadSource source, CancellationToken cancellationToken)
    {
        var plan = new UploadPlan(Content, options, profile, sender.LimitOf(repository));
        for (var restarts = 0; ; restarts++)
        {
            var opened = await OpenAsync(source, isFirst: restarts == 0, cancellationToken);
            if (opened is not null)
                return Fetched<PushedBlob>.Failed(opened);
            if (_session is not { } session)
                throw new InvalidOperationException("An upload is open.");
            var end = await new BlobUpload(sender, source, session, plan, _lookup)
            {
                Pauses = _pauses,
                Resumes = profile.Resumes,
            }.RunAsync(cancellationToken);
            if (end.Pushed is not null)
                return end.Pushed;
            source.Lose(0);
            if (restarts == MostRestarts || !end.IsShrunk && !await MayRestartAsync(end.Last, cancellationToken))
                return Fetched<PushedBlob>.Failed(sender.Explain(end.Last));
            await AbortAsync(cancellationToken);
        }
    }

    // A lost upload is no reason to wait; one that broke is.
    private async Task<bool> MayRestartAsync(Reply last, CancellationToken cancellationToken) =>
        !PushPauses.IsTransient(last) || await _pauses.WaitAsync(last, cancellationToken);

    /// <summary>Continues the upload that was kept, or opens one.</summary>
    /// <returns>Null once there is one; else the reason why there is none.</returns>
    private async Task<Answer?> OpenAsync(UploadSource source, bool isFirst, CancellationToken cancellationToken)
    {
        if (isFirst && profile.Resumes && Uri.TryCreate(options.ResumeLocation, UriKind.Absolute, out var kept))
        {
            _session = UploadSession.At(kept, sender, repository, options);
            var (reply, stored) = await _session.AskAsync(cancellationToken);
            if (stored is > 0 && !(stored > Content.Length))
            {
                _session.Offset = stored.Value;
                source.StartAt(stored.Value);
                return null;
            }
            if (PushPauses.IsTransient(reply))
                return sender.Explain(reply);
            await AbortAsync(cancellationToken);
        }
        var post = await sender.RepeatAsync(
            new PushRequest(HttpMethod.Post, repository, "blobs/uploads/"), cancellationToken);
        _session = UploadSession.Of(post, sender, repository, options);
        if (_session is not null)
            return null;
        return post is { HasAnswer: true, Status: >= 200 and < 300 }
            ? ContentFetcher.Invalid(post, "no upload where one was asked for")
            : sender.Explain(post);
    }

    private async Task AbortAsync(CancellationToken cancellationToken)
    {
        if (_session is { } session)
            await session.AbortAsync(cancellationToken);
        _session = null;
    }
}
