namespace Tracebloc.Registry.Pushing;

/// <summary>Asks whether a repository has a blob.</summary>
internal sealed class BlobLookup(PushSender sender, ImageReference repository, RegistryProfile profile)
{
    /// <summary>True where it has the blob; a failure where that is not known.</summary>
    public async Task<Fetched<bool>> FindAsync(Digest digest, CancellationToken cancellationToken)
    {
        var head = await sender.RepeatAsync(
            new PushRequest(HttpMethod.Head, repository, $"blobs/{digest}"), cancellationToken);
        if (head is { HasAnswer: true, Status: 404 })
            return Fetched<bool>.Of(false);
        // A redirect leads to the blob itself, which is proof enough.
        if (head is { HasAnswer: true, Status: 200 } || Redirect.Is(head))
            return Fetched<bool>.Of(true);
        return profile.DeniesNewRepositories && IsDenied(head)
            ? Fetched<bool>.Of(false)
            : Fetched<bool>.Failed(sender.Explain(head));
    }

    private static bool IsDenied(Reply reply) => reply.HasAnswer
        ? reply.Status is 401 or 403
        : reply.Failure is { Verdict: Verdict.Auth };
}
