namespace Tracebloc.ModelUpload.Stores;

/// <summary>A kind of call to S3.</summary>
/// <param name="Done">Completes "… could not be".</param>
/// <param name="Permission">The action of IAM that it needs.</param>
/// <param name="Limit">
/// The deadline of one attempt, its body included where the call sends or receives a small one.
/// </param>
internal sealed record S3Deed(string Done, string Permission, TimeSpan Limit)
{
    private const int SlowestBytesPerSecond = 100_000;

    public static S3Deed List { get; } = new("listed", "s3:ListBucket", TimeSpan.FromMinutes(1));

    public static S3Deed Look { get; } = new("looked up", "s3:GetObject", TimeSpan.FromMinutes(1));

    public static S3Deed Read { get; } = new("read", "s3:GetObject", TimeSpan.FromMinutes(1));

    public static S3Deed Begin { get; } = new("written", "s3:PutObject", TimeSpan.FromMinutes(1));

    /// <summary>A service may put the parts together before it answers.</summary>
    public static S3Deed Complete { get; } = new("completed", "s3:PutObject", TimeSpan.FromMinutes(15));

    public static S3Deed Abort { get; } =
        new("given up", "s3:AbortMultipartUpload", TimeSpan.FromMinutes(1));

    public static S3Deed ListUploads { get; } =
        new("searched for open uploads", "s3:ListBucketMultipartUploads", TimeSpan.FromMinutes(1));

    public static S3Deed ListParts { get; } =
        new("continued", "s3:ListMultipartUploadParts", TimeSpan.FromMinutes(1));

    public static S3Deed Copy { get; } = new("copied to", "s3:PutObject", TimeSpan.FromMinutes(15));

    public static S3Deed Delete { get; } = new("deleted", "s3:DeleteObject", TimeSpan.FromMinutes(1));

    /// <summary>The deadline grows with the bytes.</summary>
    public static S3Deed Write(int bytes) =>
        Begin with { Limit = Begin.Limit + TimeSpan.FromSeconds(bytes / SlowestBytesPerSecond) };
}
