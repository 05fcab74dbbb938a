namespace Tracebloc.Registry.Pushing;

/// <summary>Pushes manifests, which are safe to push again.</summary>
internal sealed class ManifestPush(PushSender sender)
{
    /// <summary>Puts a manifest under its tag, or under its digest, and checks what the registry made of it.</summary>
    public async Task<Fetched<Digest>> PutAsync(
        ImageReference repository,
        string reference,
        string mediaType,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken)
    {
        var (digest, reply) = await SendAsync(repository, reference, mediaType, content, cancellationToken);
        return Judge(reply, digest);
    }

    /// <summary>The reply to a manifest, and the digest of the manifest.</summary>
    public async Task<(Digest Digest, Reply Reply)> SendAsync(
        ImageReference repository,
        string reference,
        string mediaType,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken)
    {
        var request = new PushRequest(HttpMethod.Put, repository, $"manifests/{reference}")
        {
            Body = new BytesBody(content, mediaType),
        };
        return (Digest.Of(content.Span), await sender.RepeatAsync(request, cancellationToken));
    }

    public Fetched<Digest> Judge(Reply reply, Digest digest)
    {
        if (reply is not { HasAnswer: true, Status: >= 200 and < 300 })
            return Fetched<Digest>.Failed(sender.Explain(reply));
        return PushFault.Of(reply, digest) is { } fault
            ? Fetched<Digest>.Failed(fault)
            : ManifestVerdict.Found(digest, reply);
    }
}
