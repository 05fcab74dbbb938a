using Amazon.S3;
using Amazon.S3.Model;
using Tracebloc.ModelUpload.Stores;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>An upload in parts that is begun.</summary>
/// <param name="At">The object that it becomes.</param>
/// <param name="Id">Its id at the service.</param>
internal sealed record S3Upload(S3Address At, string Id)
{
    private const int MostPages = 100;

    /// <summary>The parts that are at the service by their numbers; null for an upload that is no more.</summary>
    public async Task<IReadOnlyDictionary<int, PartDetail>?> PartsAsync(
        S3Store store, CancellationToken cancellationToken)
    {
        var parts = new Dictionary<int, PartDetail>();
        int? marker = null;
        for (var page = 0; page < MostPages; page++)
        {
            var request = new ListPartsRequest
            {
                BucketName = At.Bucket,
                Key = At.Key,
                UploadId = Id,
                PartNumberMarker = marker?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            };
            var answer = await store.FindAsync(
                S3Deed.ListParts, At, (s3, token) => s3.ListPartsAsync(request, token), cancellationToken);
            if (answer is null)
                return null;
            foreach (var part in answer.Parts ?? [])
                if (part.PartNumber is { } number)
                    parts[number] = part;
            marker = answer.IsTruncated == true ? answer.NextPartNumberMarker : null;
            if (marker is null)
                break;
        }
        return parts;
    }

    /// <summary>Makes the object of its parts.</summary>
    /// <returns>Its entity tag; null where the upload is no more: an earlier attempt may have completed it.</returns>
    public async Task<string?> CompleteAsync(
        S3Store store, IEnumerable<PartETag> parts, CancellationToken cancellationToken)
    {
        var request = new CompleteMultipartUploadRequest
        {
            BucketName = At.Bucket,
            Key = At.Key,
            UploadId = Id,
            PartETags = [.. parts.OrderBy(part => part.PartNumber)],
        };
        var answer = await store.FindAsync(
            S3Deed.Complete, At, (s3, token) => s3.CompleteMultipartUploadAsync(request, token), cancellationToken);
        return answer is null ? null : S3Entry.Bare(answer.ETag);
    }

    /// <summary>Frees its parts; an upload that is no more is as good.</summary>
    public Task AbortAsync(S3Store store, CancellationToken cancellationToken)
    {
        var request = new AbortMultipartUploadRequest { BucketName = At.Bucket, Key = At.Key, UploadId = Id };
        return store.FindAsync(
            S3Deed.Abort, At, (s3, token) => s3.AbortMultipartUploadAsync(request, token), cancellationToken);
    }

    /// <summary>The uploads that are open below a prefix.</summary>
    public static async Task<IReadOnlyList<S3Upload>> OpenBelowAsync(
        S3Store store, string prefix, CancellationToken cancellationToken)
    {
        var found = new List<S3Upload>();
        string? key = null, id = null;
        for (var page = 0; page < MostPages; page++)
        {
            var request = new ListMultipartUploadsRequest
            {
                BucketName = store.Settings.Bucket,
                Prefix = prefix,
                KeyMarker = key,
                UploadIdMarker = id,
                Encoding = EncodingType.Url,
            };
            var answer = await store.RepeatAsync(
                S3Deed.ListUploads, store.At(prefix),
                (s3, token) => s3.ListMultipartUploadsAsync(request, token), cancellationToken);
            found.AddRange((answer.MultipartUploads ?? [])
                .Select(open => new S3Upload(store.At(open.Key), open.UploadId)));
            if (answer.IsTruncated != true)
                break;
            (key, id) = (answer.NextKeyMarker, answer.NextUploadIdMarker);
        }
        return found;
    }
}
