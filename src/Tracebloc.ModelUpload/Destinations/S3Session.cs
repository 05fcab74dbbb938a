using Amazon.S3.Model;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>An upload in parts and what of it is at the service from an earlier try.</summary>
internal sealed record S3Session(S3Upload Upload, IReadOnlyDictionary<int, PartDetail> Present)
{
    /// <summary>The part as it is there with the same bytes: its entity tag is their MD5; null for none.</summary>
    public PartETag? Find(int number, int length, byte[] md5) =>
        Present.TryGetValue(number, out var part) && part.Size == length
        && string.Equals(
            Stores.S3Entry.Bare(part.ETag), Convert.ToHexStringLower(md5), StringComparison.OrdinalIgnoreCase)
            ? new PartETag(number, part.ETag)
            : null;
}
