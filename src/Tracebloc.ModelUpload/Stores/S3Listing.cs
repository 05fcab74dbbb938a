using Amazon.S3;
using Amazon.S3.Model;

namespace Tracebloc.ModelUpload.Stores;

/// <summary>The objects of a store, all pages of them.</summary>
internal static class S3Listing
{
    private const int MostPages = 100_000;

    /// <summary>The objects whose keys start with the prefix, in the service's order.</summary>
    /// <exception cref="UploadException">A page could not be read, or the pages have no end.</exception>
    public static async Task<IReadOnlyList<S3Entry>> ReadAsync(
        S3Store store, string prefix, CancellationToken cancellationToken)
    {
        var found = new List<S3Entry>();
        string? next = null;
        for (var page = 0; page < MostPages; page++)
        {
            var request = new ListObjectsV2Request
            {
                BucketName = store.Settings.Bucket,
                Prefix = prefix,
                ContinuationToken = next,
                Encoding = EncodingType.Url,
            };
            var answer = await store.RepeatAsync(
                S3Deed.List, store.At(prefix), (s3, token) => s3.ListObjectsV2Async(request, token), cancellationToken);
            found.AddRange((answer.S3Objects ?? []).Select(EntryOf));
            next = answer.IsTruncated == true ? answer.NextContinuationToken : null;
            if (string.IsNullOrEmpty(next))
                return found;
        }
        throw store.Faults.New(
            $"{store.At(prefix)} could not be listed: more than {MostPages} pages; use a longer prefix");
    }

    private static S3Entry EntryOf(S3Object found) => new(
        found.Key,
        found.Size ?? 0,
        S3Entry.Bare(found.ETag));
}
