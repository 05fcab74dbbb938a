namespace Tracebloc.Registry.Pushing;

/// <summary>An upload that a registry has open.</summary>
internal sealed class UploadSession
{
    private readonly PushSender _sender;
    private readonly ImageReference _repository;
    private readonly PushOptions _options;

    private UploadSession(PushSender sender, ImageReference repository, PushOptions options, Uri location) =>
        (_sender, _repository, _options, Location) = (sender, repository, options, location);

    /// <summary>Its newest address.</summary>
    public Uri Location { get; private set; }

    /// <summary>The bytes that the registry has.</summary>
    public long Offset { get; set; }

    /// <summary>The smallest chunk but the last, as the registry announced it.</summary>
    public long MinChunk { get; private set; }

    /// <summary>The upload that a reply to POST opened, or null.</summary>
    public static UploadSession? Of(Reply reply, PushSender sender, ImageReference repository, PushOptions options)
    {
        if (reply is not { HasAnswer: true, Status: 202 or 201 } || UploadAnswer.LocationOf(reply) is not { } location)
            return null;
        var session = new UploadSession(sender, repository, options, location)
        {
            MinChunk = UploadAnswer.MinChunkOf(reply) ?? 0,
        };
        options.OnLocation?.Invoke(location.AbsoluteUri);
        return session;
    }

    /// <summary>The upload at an address that was kept.</summary>
    public static UploadSession At(Uri location, PushSender sender, ImageReference repository, PushOptions options) =>
        new(sender, repository, options, location);

    /// <summary>Sends a part.</summary>
    public Task<Reply> PatchAsync(BlobPart part, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Patch, Location, part, cancellationToken);

    /// <summary>Ends the upload, with a last part or without.</summary>
    public Task<Reply> PutAsync(Digest digest, BlobPart? part, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, UploadAnswer.WithDigest(Location, digest), part, cancellationToken);

    /// <summary>The bytes that the registry states to have; null when it does not know the upload any more.</summary>
    /// <returns>The reply, and the bytes.</returns>
    public async Task<(Reply Reply, long? Stored)> AskAsync(CancellationToken cancellationToken)
    {
        var reply = await _sender.RepeatAsync(
            new PushRequest(HttpMethod.Get, _repository, "") { Location = Location }, cancellationToken);
        if (reply is not { HasAnswer: true, Status: 204 or 202 or 200 })
            return (reply, null);
        Move(reply);
        return (reply, UploadAnswer.StoredBytesOf(reply));
    }

    /// <summary>Drops what the registry has; its answer does not matter, a fault gets one more attempt.</summary>
    public async Task AbortAsync(CancellationToken cancellationToken)
    {
        var request = new PushRequest(HttpMethod.Delete, _repository, "") { Location = Location };
        if (PushPauses.IsTransient(await _sender.SendAsync(request, cancellationToken)))
            await _sender.SendAsync(request, cancellationToken);
    }

    private async Task<Reply> SendAsync(
        HttpMethod method, Uri location, BlobPart? part, CancellationToken cancellationToken)
    {
        var reply = await _sender.SendAsync(
            new PushRequest(method, _repository, "") { Location = location, Body = part }, cancellationToken);
        if (method == HttpMethod.Patch && reply is { HasAnswer: true, Status: >= 200 and < 300 })
            Move(reply);
        return reply;
    }

    private void Move(Reply reply)
    {
        if (UploadAnswer.LocationOf(reply) is not { } next || next == Location)
            return;
        Location = next;
        _options.OnLocation?.Invoke(next.AbsoluteUri);
    }
}
