namespace Tracebloc.Registry.Pushing;

/// <summary>One upload from its first part to the PUT that ends it, continued after each fault.</summary>
internal sealed class BlobUpload(
    PushSender sender, UploadSource source, UploadSession session, UploadPlan plan, BlobLookup lookup)
{
    private bool _hasResumed = session.Offset > 0;

    public required PushPauses Pauses { get; init; }

    /// <summary>True where the registry's word on what it has can be trusted.</summary>
    public bool Resumes { get; init; }

    public async Task<UploadEnd> RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var end = plan.PatchOf(source, session) is { } part
                ? await PatchAsync(part, cancellationToken)
                : await CloseAsync(cancellationToken);
            if (end is not null)
                return end;
        }
    }

    /// <returns>Null to go on.</returns>
    private async Task<UploadEnd?> PatchAsync(BlobPart part, CancellationToken cancellationToken)
    {
        var reply = await session.PatchAsync(part, cancellationToken);
        source.ThrowIfBroken();
        // ECR answers 201 (kitops #821).
        if (reply is not { HasAnswer: true, Status: >= 200 and < 300 })
            return await RecoverAsync(reply, part, cancellationToken);
        var stored = (Resumes ? UploadAnswer.StoredBytesOf(reply) : null) ?? part.End;
        // 0-0 is one byte, too.
        if (stored == 0 && part.End == 1)
            stored = 1;
        if (stored > part.End)
            return Failed(ContentFetcher.Invalid(reply, $"{stored} bytes stored where {part.End} were sent"));
        if (stored > session.Offset || part.End == part.Start)
            Pauses.Restart();
        else if (!await Pauses.WaitAsync(Transient(reply), cancellationToken))
            return Failed(ContentFetcher.Invalid(reply, "success to chunks that it does not store"));
        GoTo(stored);
        return null;
    }

    private async Task<UploadEnd?> CloseAsync(CancellationToken cancellationToken)
    {
        await source.CatchUpAsync(session.Offset, cancellationToken);
        var last = plan.LastOf(source, session);
        var digest = source.Digest;
        var reply = await session.PutAsync(digest, last, cancellationToken);
        source.ThrowIfBroken();
        if (reply is { HasAnswer: true, Status: >= 200 and < 300 })
            return Done(reply, digest, last);
        // The registry may have the blob though its answer was lost.
        if (PushPauses.IsTransient(reply) && await lookup.FindAsync(digest, cancellationToken) is { Value: true })
            return Done(reply, digest, last);
        return await RecoverAsync(reply, last, cancellationToken);
    }

    private UploadEnd Done(Reply reply, Digest digest, BlobPart? last)
    {
        var length = last?.End ?? session.Offset;
        return PushFault.Of(reply, digest) is { } fault
            ? Failed(fault)
            : new UploadEnd(
                Fetched<PushedBlob>.Of(new PushedBlob(digest, length, WasPresent: false, source.Sent)), reply);
    }

    /// <returns>Null where the upload goes on from the offset that the registry has.</returns>
    private async Task<UploadEnd?> RecoverAsync(Reply reply, BlobPart? part, CancellationToken cancellationToken)
    {
        await source.EndAsync(cancellationToken);
        if (reply is { HasAnswer: true, Status: 413 } && plan.Shrink(part))
            return new UploadEnd(null, reply, IsShrunk: true);
        // 404: the upload is gone. 400 after a resume: the bytes on both sides of the fault do not fit.
        if (reply is { HasAnswer: true, Status: 404 } || (_hasResumed && reply is { HasAnswer: true, Status: 400 }))
            return new UploadEnd(null, reply);
        var isOutOfOrder = reply is { HasAnswer: true, Status: 416 };
        if (!isOutOfOrder && !PushPauses.IsTransient(reply))
            return Failed(sender.Explain(reply));
        if (!Resumes)
            return new UploadEnd(null, reply);
        if (!await Pauses.WaitAsync(isOutOfOrder ? Transient(reply) : reply, cancellationToken))
            return Failed(sender.Explain(reply));
        return await AskAsync(reply, part, cancellationToken);
    }

    private async Task<UploadEnd?> AskAsync(Reply broken, BlobPart? part, CancellationToken cancellationToken)
    {
        var (reply, stored) = await session.AskAsync(cancellationToken);
        if (stored is null && PushPauses.IsTransient(reply))
            return Failed(sender.Explain(reply));
        // Out of order from the start: 0-0 is one byte here, and its upload is begun anew.
        var isOneByte = stored == 0 && broken is { HasAnswer: true, Status: 416 };
        if (stored is null || isOneByte || stored > (part?.End ?? session.Offset))
            return new UploadEnd(null, broken);
        if (stored > session.Offset)
            Pauses.Restart();
        _hasResumed = true;
        GoTo(stored.Value);
        return null;
    }

    private void GoTo(long stored)
    {
        session.Offset = stored;
        source.Lose(stored);
    }

    private static UploadEnd Failed(Answer failure) => new(
        Fetched<PushedBlob>.Failed(failure), Reply.Failed(new Uri("about:blank"), failure));

    private static Reply Transient(Reply reply) => Reply.Failed(reply.Uri, Answer.Failed(
        Verdict.Transient, $"{HttpCall.Print(reply.Uri)} answered {reply.Status} and stored no byte of a chunk"));
}
