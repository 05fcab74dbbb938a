namespace Tracebloc.ModelUpload.Stores;

/// <summary>An object, or with an empty key a bucket, as messages name it.</summary>
internal sealed record S3Address(string Bucket, string Key)
{
    public override string ToString() => $"s3://{Bucket}/{Key}";
}
