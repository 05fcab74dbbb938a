using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Stores;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>A model in a bucket: one object, or all below a prefix that ends at a slash.</summary>
internal sealed class S3Source(S3Store store) : IModelSource
{
    /// <summary>Larger files are asked for their checksums one by one; smaller ones are checked as they come.</summary>
    private const long Large = 8 * 1024 * 1024;

    private const int LookUps = 16;

    public string Name => store.At(Key).ToString();

    /// <summary>The place, for copies within one service.</summary>
    public S3Store Store => store;

    private string Key => store.Settings.Key.TrimEnd('/');

    public async Task<SourceListing> ListAsync(CancellationToken cancellationToken)
    {
        var files = await FindAsync(cancellationToken);
        var stated = await Throttled.SelectAsync(files, LookUps, WithHashesAsync, cancellationToken);
        return ModelFilter.Of(Name, stated);
    }

    public async Task<Stream> OpenAsync(SourceFile file, long offset, CancellationToken cancellationToken)
    {
        if (offset > 0 && offset == file.Length)
            return Stream.Null;
        var at = store.At(KeyOf(file));
        var request = new GetObjectRequest
        {
            BucketName = at.Bucket,
            Key = at.Key,
            EtagToMatch = $"\"{file.Version}\"",
            ByteRange = offset > 0 ? new ByteRange($"bytes={offset}-") : null,
        };
        var answer = await store.CallAsync(
            S3Deed.Read, at, (s3, token) => s3.GetObjectAsync(request, token), cancellationToken);
        if (Fault(answer, file, offset) is { } fault)
        {
            answer.Dispose();
            throw store.Faults.New($"{at} could not be read: {fault}");
        }
        var isChecked = offset == 0 && file.Length < Large && file.Stated is [];
        var md5 = isChecked ? S3Hashes.Md5Of(answer.ETag, answer.ServerSideEncryptionMethod) : null;
        return new S3Body(store, at, answer, md5);
    }

    public ValueTask DisposeAsync()
    {
        store.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The key of a file of this source.</summary>
    public string KeyOf(SourceFile file) => file.Address[store.At("").ToString().Length..];

    private static string? Fault(GetObjectResponse answer, SourceFile file, long offset)
    {
        if (S3Entry.Bare(answer.ETag) is { Length: > 0 } tag && tag != file.Version)
            return "it changed while it was read: start again when it is complete";
        if (offset > 0 && answer.HttpStatusCode != HttpStatusCode.PartialContent)
            return "the service answers a range with the whole object";
        return answer.ContentLength != file.Length - offset
            ? $"the service announces {answer.ContentLength} bytes, its listing leaves {file.Length - offset}"
            : null;
    }

    private async Task<IReadOnlyList<SourceFile>> FindAsync(CancellationToken cancellationToken)
    {
        var below = await S3Listing.ReadAsync(store, Key + "/", cancellationToken);
        var files = below.Where(entry => !entry.Key.EndsWith('/')).Select(FileBelow).ToList();
        if (files is not [] || store.Settings.Key.EndsWith('/'))
            return files;
        var same = await S3Listing.ReadAsync(store, Key, cancellationToken);
        return [.. same.Where(entry => entry.Key == Key)
            .Select(entry => FileOf(entry, Key[(Key.LastIndexOf('/') + 1)..]))];
    }

    private SourceFile FileBelow(S3Entry entry) => FileOf(entry, entry.Key[(Key.Length + 1)..]);

    private SourceFile FileOf(S3Entry entry, string path) =>
        ModelPath.TryParse(path, out var parsed, out var fault)
            ? new SourceFile(parsed, entry.Length, store.At(entry.Key).ToString(), entry.ETag, [])
            : throw store.Faults.New($"{store.At(entry.Key)} cannot be a file of a model: its path {fault}; rename it");

    private async Task<SourceFile> WithHashesAsync(SourceFile file, CancellationToken cancellationToken)
    {
        if (file.Length < Large)
            return file;
        var at = store.At(KeyOf(file));
        var request = new GetObjectMetadataRequest
        {
            BucketName = at.Bucket,
            Key = at.Key,
            EtagToMatch = $"\"{file.Version}\"",
            ChecksumMode = ChecksumMode.ENABLED,
        };
        var answer = await store.RepeatAsync(
            S3Deed.Look, at, (s3, token) => s3.GetObjectMetadataAsync(request, token), cancellationToken);
        return file with { Stated = S3Hashes.Of(answer) };
    }
}
