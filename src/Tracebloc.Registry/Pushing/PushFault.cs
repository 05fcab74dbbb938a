namespace Tracebloc.Registry.Pushing;

/// <summary>Reasons against a push that no retry removes.</summary>
internal static class PushFault
{
    /// <summary>The reason why a registry cannot hold a blob, known before the first byte; or null.</summary>
    public static Answer? Of(BlobContent content, RegistryProfile profile, ImageReference repository)
    {
        if (content.Length > profile.LargestLayer)
            return Answer.Failed(
                Verdict.Invalid,
                $"{repository.Repository}: a blob of {content.Length} bytes is larger than the {profile.LargestLayer} "
                    + $"that {profile.Name} takes; split the file");
        return content.Length == 0 && !profile.TakesEmptyBlobs
            ? Answer.Failed(
                Verdict.Invalid, $"{repository.Repository}: {profile.Name} keeps no empty blob; leave the file out")
            : null;
    }

    /// <summary>The reason why an answer is no proof of what was pushed, or null.</summary>
    public static Answer? Of(Reply reply, Digest pushed)
    {
        var header = DigestHeader.Of(reply);
        return header.Digest is { } answered && answered != pushed && answered.Algorithm == pushed.Algorithm
            ? Answer.Failed(
                Verdict.Invalid,
                $"{HttpCall.Print(reply.Uri)} stored {answered} where {pushed} was pushed; check what lies before it")
            : null;
    }
}
