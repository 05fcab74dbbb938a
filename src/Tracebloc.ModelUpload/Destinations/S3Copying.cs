using Amazon.S3;
using Amazon.S3.Model;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.ModelUpload.Stores;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>Lets the service copy objects within itself, each only in the version that was listed.</summary>
internal sealed class S3Copying(S3Target target, S3Memory memory, S3Limits limits)
{
    private const int PartsAtOnce = 8;

    private readonly S3Sessions _sessions = new(target, memory);

    public async Task<S3RecordedFile> CopyAsync(S3Source source, SourceFile file, CancellationToken cancellationToken)
    {
        var (length, origin, stated) = (file.Length ?? 0, S3Origin.Of(file), S3Origin.StatedBy(file));
        var from = source.Store.At(source.KeyOf(file));
        var tag = length <= limits.Copy
            ? await CopyWholeAsync(from, file, cancellationToken)
            : await CopyPartsAsync(from, file, cancellationToken);
        return new S3RecordedFile(file.Path.Text, length, tag, origin, stated);
    }

    private async Task<string> CopyWholeAsync(S3Address from, SourceFile file, CancellationToken cancellationToken)
    {
        var at = target.At(file.Path);
        var request = new CopyObjectRequest
        {
            SourceBucket = from.Bucket,
            SourceKey = from.Key,
            DestinationBucket = at.Bucket,
            DestinationKey = at.Key,
            ETagToMatch = $"\"{file.Version}\"",
            MetadataDirective = S3MetadataDirective.REPLACE,
            ContentType = "application/octet-stream",
        };
        S3Origin.Write(request.Metadata, S3Origin.Of(file), S3Origin.StatedBy(file));
        var answer = await target.Store.RepeatAsync(
            S3Deed.Copy, at, (s3, token) => s3.CopyObjectAsync(request, token), cancellationToken);
        return S3Entry.Bare(answer.ETag);
    }

    private async Task<string> CopyPartsAsync(S3Address from, SourceFile file, CancellationToken cancellationToken)
    {
        var length = file.Length ?? 0;
        var part = limits.CopyPartOf(length);
        var session = await _sessions.OpenAsync(file, part, cancellationToken);
        try
        {
            var numbers = Enumerable.Range(1, (int)((length + part - 1) / part)).ToList();
            var copied = await Throttled.SelectAsync(
                numbers, PartsAtOnce, (number, token) => CopyPartAsync(number, token), cancellationToken);
            return await _sessions.CompleteAsync(session, file, copied, cancellationToken);
        }
        catch (UploadException e) when (!e.IsTransient)
        {
            await _sessions.AbortAsync(session, file, CancellationToken.None);
            throw;
        }

        async Task<PartETag> CopyPartAsync(int number, CancellationToken token)
        {
            var (start, end) = ((number - 1) * part, Math.Min(number * part, length));
            // The origin is the same, and so is the range: what is there is its copy.
            if (session.Present.TryGetValue(number, out var present) && present.Size == end - start)
                return new PartETag(number, present.ETag);
            var request = new CopyPartRequest
            {
                SourceBucket = from.Bucket,
                SourceKey = from.Key,
                DestinationBucket = session.Upload.At.Bucket,
                DestinationKey = session.Upload.At.Key,
                UploadId = session.Upload.Id,
                PartNumber = number,
                FirstByte = start,
                LastByte = end - 1,
                ETagToMatch = [$"\"{file.Version}\""],
            };
            var answer = await target.Store.RepeatAsync(
                S3Deed.Copy, session.Upload.At, (s3, attempt) => s3.CopyPartAsync(request, attempt), token);
            return new PartETag(number, answer.ETag);
        }
    }
}
