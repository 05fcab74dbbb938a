namespace Tracebloc.Registry.Pushing;

/// <summary>Uploads that are opened without a blob to send: for a mount, and as a proof.</summary>
internal sealed class UploadOpening(PushSender sender, ImageReference repository)
{
    private static readonly PushOptions Nothing = new();

    /// <summary>True once the repository has the blob of another; false where it has to be pushed.</summary>
    public async Task<Fetched<bool>> MountAsync(
        Digest digest, ImageReference from, RegistryProfile profile, CancellationToken cancellationToken)
    {
        if (from.Domain != repository.Domain || !profile.Mounts)
            return Fetched<bool>.Of(false);
        var path = $"blobs/uploads/?mount={Uri.EscapeDataString(digest.ToString())}"
            + $"&from={Uri.EscapeDataString(from.Path)}";
        var reply = await sender.RepeatAsync(
            new PushRequest(HttpMethod.Post, repository, path) { From = from }, cancellationToken);
        if (reply is { HasAnswer: true, Status: 201 })
            return PushFault.Of(reply, digest) is { } fault ? Fetched<bool>.Failed(fault) : Fetched<bool>.Of(true);
        // Also when the caller ends: an open upload would stay. Each request has its own deadline.
        if (await CloseAsync(reply, CancellationToken.None))
            return Fetched<bool>.Of(false);
        // The blob, or the right to read it, is missing, or mounts are: pushing it shows what really fails
        // (containerd #14086, harbor #17097, go-containerregistry #1404, #1679).
        return reply is { HasAnswer: true, Status: 400 or 401 or 403 or 404 or 405 }
            or { Failure.Verdict: Verdict.Auth }
                ? Fetched<bool>.Of(false)
                : Fetched<bool>.Failed(sender.Explain(reply));
    }

    /// <summary>Opens an upload and closes it.</summary>
    public async Task<Fetched<bool>> ProveAsync(CancellationToken cancellationToken)
    {
        var reply = await sender.RepeatAsync(
            new PushRequest(HttpMethod.Post, repository, "blobs/uploads/"), cancellationToken);
        if (await CloseAsync(reply, CancellationToken.None))
            return Fetched<bool>.Of(true);
        return Fetched<bool>.Failed(reply is { HasAnswer: true, Status: >= 200 and < 300 }
            ? ContentFetcher.Invalid(reply, "no upload where one was asked for")
            : sender.Explain(reply));
    }

    /// <summary>True where the reply opened an upload, which is aborted.</summary>
    private async Task<bool> CloseAsync(Reply reply, CancellationToken cancellationToken)
    {
        if (UploadSession.Of(reply, sender, repository, Nothing) is not { } session)
            return false;
        await session.AbortAsync(cancellationToken);
        return true;
    }
}
