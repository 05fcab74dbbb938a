namespace Tracebloc.ModelUpload.Stores;

/// <summary>An object as a listing shows it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="ETag">Its entity tag without quotes.</param>
internal sealed record S3Entry(string Key, long Length, string ETag)
{
    /// <summary>An entity tag without its quotes.</summary>
    public static string Bare(string? tag) => (tag ?? "").Trim('"');
}
