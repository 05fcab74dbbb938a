using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Stores;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>The objects below the prefix of a destination; every key begins with it.</summary>
internal sealed class S3Target(S3Store store)
{
    private const string Binary = "application/octet-stream";

    private long _sent;

    public S3Store Store => store;

    /// <summary>Without a slash at its end.</summary>
    public string Prefix => store.Settings.Key.TrimEnd('/');

    /// <summary>The bytes that went to the service.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    public S3Address At(string path) => store.At($"{Prefix}/{path}");

    public S3Address At(ModelPath path) => At(path.Text);

    /// <summary>Null for an object that is not there.</summary>
    public Task<GetObjectMetadataResponse?> LookAsync(S3Address at, CancellationToken cancellationToken)
    {
        var request = new GetObjectMetadataRequest { BucketName = at.Bucket, Key = at.Key };
        return store.FindAsync(
            S3Deed.Look, at, (s3, token) => s3.GetObjectMetadataAsync(request, token), cancellationToken);
    }

    /// <summary>Writes an object whole.</summary>
    /// <returns>Its entity tag.</returns>
    public async Task<string> PutAsync(
        S3Address at,
        ReadOnlyMemory<byte> content,
        Action<MetadataCollection> describe,
        CancellationToken cancellationToken)
    {
        var md5 = Md5(content.Span);
        var answer = await store.RepeatAsync(S3Deed.Write(content.Length), at, PutOnceAsync, cancellationToken);
        Interlocked.Add(ref _sent, content.Length);
        return S3Entry.Bare(answer.ETag);

        Task<PutObjectResponse> PutOnceAsync(IAmazonS3 s3, CancellationToken token)
        {
            var request = new PutObjectRequest
            {
                BucketName = at.Bucket,
                Key = at.Key,
                InputStream = new ReadOnlyBytes(content),
                ContentType = Binary,
                MD5Digest = Convert.ToBase64String(md5),
                UseChunkEncoding = false,
                DisablePayloadSigning = store.IsEncrypted,
                DisableDefaultChecksumValidation = true,
            };
            describe(request.Metadata);
            return s3.PutObjectAsync(request, token);
        }
    }

    /// <returns>The upload's id.</returns>
    public async Task<string> BeginAsync(
        S3Address at, Action<MetadataCollection> describe, CancellationToken cancellationToken)
    {
        var request = new InitiateMultipartUploadRequest
        {
            BucketName = at.Bucket,
            Key = at.Key,
            ContentType = Binary,
        };
        describe(request.Metadata);
        var answer = await store.RepeatAsync(
            S3Deed.Begin, at, (s3, token) => s3.InitiateMultipartUploadAsync(request, token), cancellationToken);
        return answer.UploadId;
    }

    /// <summary>Writes a part.</summary>
    public async Task<PartETag> PutPartAsync(
        S3Upload upload, int number, ReadOnlyMemory<byte> content, byte[] md5, CancellationToken cancellationToken)
    {
        var answer = await store.RepeatAsync(
            S3Deed.Write(content.Length), upload.At, PutOnceAsync, cancellationToken);
        Interlocked.Add(ref _sent, content.Length);
        return new PartETag(number, answer.ETag);

        Task<UploadPartResponse> PutOnceAsync(IAmazonS3 s3, CancellationToken token) => s3.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = upload.At.Bucket,
                Key = upload.At.Key,
                UploadId = upload.Id,
                PartNumber = number,
                InputStream = new ReadOnlyBytes(content),
                PartSize = content.Length,
                MD5Digest = Convert.ToBase64String(md5),
                UseChunkEncoding = false,
                DisablePayloadSigning = store.IsEncrypted,
                DisableDefaultChecksumValidation = true,
            },
            token);
    }

    /// <summary>Removes an object; one that is not there is as good.</summary>
    public Task DeleteAsync(S3Address at, CancellationToken cancellationToken)
    {
        var request = new DeleteObjectRequest { BucketName = at.Bucket, Key = at.Key };
        return store.FindAsync(
            S3Deed.Delete, at, (s3, token) => s3.DeleteObjectAsync(request, token), cancellationToken);
    }

    /// <summary>The digest by which the service checks what arrived.</summary>
    public static byte[] Md5(ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        hash.AppendData(content);
        return hash.GetHashAndReset();
    }
}
